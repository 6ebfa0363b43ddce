import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { queueNames } from '@convene/common';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { writeNotifications } from '@convene/outbox';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SEND_SLOT_NAME } from '../src/mail/sendSlot';
import type { RunningWorker } from '../src/startWorker';
import { insertUsers, startTestWorker, until } from './support';

/*
 * A worker that is killed (kill -9) at each step of a send, of one mail and of a batch. Another one takes the job up,
 * each mail is at the provider once, its log row is there, the job is finished.
 */

const appDirectory = new URL('..', import.meta.url).pathname;
const killable = new URL('./killableWorker.ts', import.meta.url).pathname;
const LOCK_DURATION_MS = 3_000;

let context: TestContext;
let pool: pg.Pool;
let redis: Redis;
let queue: Queue;
let userIds: number[];
let child: ChildProcess | undefined;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  redis = new Redis(context.redisUrl, { maxRetriesPerRequest: null });
  queue = new Queue(queueNames.notifications, { connection: redis });
  userIds = await insertUsers(pool, { count: 3, prefix: 'reader' });
});
afterAll(async () => {
  await queue?.close();
  redis?.disconnect();
  await pool?.end();
  await context?.dispose();
});
beforeEach(async () => {
  await pool.query(
    `DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM notification_batches;
     DELETE FROM leases`,
  );
  await redis.flushall();
  await context.mailbox.reset();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  child?.kill('SIGKILL');
  child = undefined;
});

const startKillable = async (): Promise<void> => {
  child = spawn(process.execPath, ['--import', 'tsx', killable], {
    cwd: appDirectory,
    env: { ...process.env, ...context.env.worker, PORT: '0', RESEND_REQUESTS_PER_SECOND: '200' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until('the worker has started', () => output.includes('started'));
};

const kill = async (): Promise<void> => {
  if (!child) throw new Error('no worker was started');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  child = undefined;
};

const attempts = async (status: string): Promise<number> =>
  (await pool.query('SELECT 1 FROM notification_log WHERE status = $1', [status])).rowCount ?? 0;

type Kill = (write: () => Promise<number>) => Promise<void>;

/** Nobody may send for an hour: the mail is logged as being tried, and waits for its turn. */
const beforeTheSend: Kill = async (write) => {
  await pool.query(`INSERT INTO leases (name, holder, expires_at) VALUES ($1, 'test', now() + interval '1 hour')`, [
    SEND_SLOT_NAME,
  ]);
  const count = await write();
  await until('the attempts are begun', async () => (await attempts('attempting')) === count);
  await kill();
  expect(context.mailbox.sendRequests()).toBe(0);
  await pool.query('DELETE FROM leases');
};

const afterItWasAccepted: Kill = async (write) => {
  context.mailbox.fail({ kind: 'timeout', when: 'after' });
  const count = await write();
  await until('the provider has the mails', () => context.mailbox.mails().length === count);
  await kill();
  expect(await attempts('attempting')).toBe(count);
};

/** Somebody else holds the rows, so that they can't be closed; the log knows already that they were sent. */
const beforeTheJobIsCompleted: Kill = async (write) => {
  context.mailbox.setDelay(1_000);
  const count = await write();
  await until('the call is under way', () => context.mailbox.sendRequests() === 1);
  const holder = new pg.Client({ connectionString: context.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM notification_outbox FOR UPDATE');
  await until('the log knows', async () => (await attempts('sent')) === count);
  await kill();
  await holder.query('ROLLBACK');
  await holder.end();
  context.mailbox.setDelay(0);
};

const writeOf = (priority: 'ordinary' | 'bulk', ids: () => number[]) => async (): Promise<number> => {
  const entries = ids().map((userId) => ({ type: 'user.welcome.client', payload: { userId }, priority }) as const);
  return (await writeNotifications(pool, entries)).length;
};

describe.each([
  ['one mail', writeOf('ordinary', () => userIds.slice(0, 1))],
  ['a batch', writeOf('bulk', () => userIds)],
] as const)('a worker that is killed with %s in hand', (_what, write) => {
  test.each([
    ['before the send', beforeTheSend],
    ['after the provider accepted', afterItWasAccepted],
    ['before the job is completed', beforeTheJobIsCompleted],
  ] as const)('%s: sent once, logged, the job finished', async (_when, killThen) => {
    await startKillable();
    let count = 0;
    await killThen(async () => {
      count = await write();
      return count;
    });
    const killedAt = Date.now();
    worker = await startTestWorker(context, {
      settings: {
        notifications: { concurrency: 1, lockDurationMs: LOCK_DURATION_MS },
        stalledPollMs: 500,
        stalledIntervalMs: 400,
      },
    });
    await until(
      'the rows are closed',
      async () => (await pool.query('SELECT 1 FROM notification_outbox WHERE closed_at IS NULL')).rowCount === 0,
      20_000,
    );
    expect(Date.now() - killedAt).toBeLessThan(LOCK_DURATION_MS + 15_000);
    const { rows } = await pool.query<{ status: string; message_id: string }>(
      'SELECT status, message_id FROM notification_log',
    );
    expect(rows.map(({ status }) => status)).toEqual(Array(count).fill('sent'));
    const mails = context.mailbox.mails();
    expect(mails.map(({ id }) => id).toSorted()).toEqual(rows.map(({ message_id }) => message_id).toSorted());
    expect(new Set(mails.map(({ to }) => to[0])).size).toBe(count);
    await until('the job is finished', async () => {
      const { completed = 0, ...others } = await queue.getJobCounts();
      return completed === 1 && Object.values(others).every((number) => number === 0);
    });
    const open = await pool.query(`SELECT 1 FROM notification_batches WHERE status <> 'settled'`);
    expect(open.rowCount).toBe(0);
  });
});
