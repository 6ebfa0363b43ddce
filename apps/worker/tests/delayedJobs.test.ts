import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { schedules } from '../src/maintenance/schedules';
import type { RunningWorker } from '../src/startWorker';
import {
  insertUser,
  notify,
  openTestQueues,
  outboxRow,
  startTestWorker,
  type TestQueues,
  until,
  untilClosed,
} from './support';

/*
 * While a delayed job is in a queue its idle workers can't sleep: BullMQ then looks every ten seconds, 17,000 commands
 * a day. What is due later waits in Postgres; a job is delayed for the seconds before it is tried again, and no other.
 */

let context: TestContext;
let pool: pg.Pool;
let queues: TestQueues;
let userId: number;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  queues = openTestQueues(context);
  userId = await insertUser(pool, { email: 'ana@example.com' });
});

afterAll(async () => {
  await queues?.close();
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await pool.query('DELETE FROM job_runs; DELETE FROM notification_log; DELETE FROM notification_outbox');
  await queues.forget();
  await context.mailbox.reset();
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const payload = () => ({ userId });

const delayedJobs = async () => [
  ...(await queues.notifications.getDelayed()),
  ...(await queues.maintenance.getDelayed()),
];

/** Delayed jobs that were never tried: nothing may put one into a queue. */
const delayedAtRest = async (): Promise<(string | undefined)[]> =>
  (await delayedJobs()).filter(({ attemptsMade }) => attemptsMade === 0).map(({ id }) => id);

test('nothing that is due later is kept as a delayed job', async () => {
  worker = await startTestWorker(context);
  const later = await notify(pool, {
    type: 'user.welcome.client',
    payload: payload(),
    notBefore: new Date(Date.now() + 3_600_000),
  });
  context.mailbox.fail({ kind: 'status', status: 429, retryAfterSeconds: 20 });
  const postponed = await notify(pool, { type: 'user.welcome.host', payload: payload() });
  await until('the mail is postponed', async () => (await outboxRow(pool, postponed)).not_before !== null);
  // Every schedule that there is, due now.
  const period = new Date().toISOString();
  await pool.query(
    `INSERT INTO job_runs (name, period, status, due_at)
     SELECT name, $2, 'due', now() - interval '10 minutes' FROM unnest($1::text[]) AS name`,
    [Object.keys(schedules), period],
  );
  await worker.stop();
  worker = await startTestWorker(context);
  await until('every scheduled job has run', async () => {
    const { rows } = await pool.query(`SELECT 1 FROM job_runs WHERE period = $1 AND status IN ('due', 'running')`, [
      period,
    ]);
    return rows.length === 0;
  });
  expect(await outboxRow(pool, later)).toMatchObject({ status: 'pending', closed_at: null });
  expect(await delayedAtRest()).toEqual([]);
  await pool.query('DELETE FROM leases');
});

test('a job that failed is delayed until it is tried again, for seconds', async () => {
  worker = await startTestWorker(context);
  await pool.query('ALTER TABLE notification_log RENAME TO hidden_log');
  const id = await notify(pool, { type: 'user.welcome.client', payload: payload() });
  try {
    await until('the job is delayed', async () => (await delayedJobs()).length === 1);
    expect((await delayedJobs())[0]).toMatchObject({ id: `n-${id}`, attemptsMade: 1 });
    expect(await delayedAtRest()).toEqual([]);
  } finally {
    await pool.query('ALTER TABLE hidden_log RENAME TO notification_log');
  }
  expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
  expect(await delayedJobs()).toEqual([]);
});

test('one that is kept for later is found', async () => {
  await queues.maintenance.add('run', { jobRunId: 1 }, { jobId: 'm-later', delay: 3_600_000 });
  expect(await delayedAtRest()).toEqual(['m-later']);
});
