import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { failedListSchema, queueNames } from '@convene/common';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { insertUser, logRows, notify, outboxRow, startTestWorker, until, untilClosed } from './support';

const appDirectory = new URL('..', import.meta.url).pathname;

let context: TestContext;
let pool: pg.Pool;
let redis: Redis;
let queue: Queue;
let worker: RunningWorker | undefined;
let userId: number;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  redis = new Redis(context.redisUrl, { maxRetriesPerRequest: null });
  queue = new Queue(queueNames.notifications, { connection: redis });
  userId = await insertUser(pool, { email: 'ana@example.com' });
});
afterAll(async () => {
  await queue?.close();
  redis?.disconnect();
  await pool?.end();
  await context?.dispose();
});
beforeEach(async () => {
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM notification_decisions');
  await context.mailbox.reset();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

/** The command as staff type it. */
const failed = async (args: string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/failed.ts', ...args], {
    cwd: appDirectory,
    env: { ...process.env, ...context.env.worker, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, output };
};

const refusedMail = async (): Promise<string> => {
  context.mailbox.fail({ kind: 'status', status: 422, message: 'Invalid `to` field: ana@example.com' });
  const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
  expect(await untilClosed(pool, id)).toMatchObject({ status: 'dead' });
  await until('the job failed', async () => (await queue.getJob(`n-${id}`))?.isFailed() ?? false);
  return id;
};

test('what failed is listed with its reason, without the address, and sent when it is retried', async () => {
  worker = await startTestWorker(context);
  const id = await refusedMail();
  const list = await failed(['list']);
  expect(list).toMatchObject({ code: 0, output: expect.stringContaining(`${id}  `) });
  expect(list.output).toContain('Resend: validation_error (422): Invalid `to` field: [address]');
  expect(list.output).toContain('1 failed for good, 0 uncertain.');
  expect(list.output).not.toContain('ana@example.com');
  const { output } = await failed(['list', '--json', '--status', 'dead']);
  expect(failedListSchema.parse(JSON.parse(output)).notifications).toMatchObject([{ id, status: 'dead' }]);

  expect(await failed(['retry', id])).toMatchObject({ code: 0, output: expect.stringContaining('retry: 1 of 1') });
  expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent', error: null });
  expect(context.mailbox.mails()).toHaveLength(1);
  expect(await logRows(pool, id)).toMatchObject([{ status: 'sent' }]);
  const { rows } = await pool.query('SELECT decision, status_before FROM notification_decisions');
  expect(rows).toEqual([{ decision: 'retry', status_before: 'dead' }]);
});

test('all are discarded by one command, their jobs too', async () => {
  worker = await startTestWorker(context);
  const ids = [await refusedMail(), await refusedMail()];
  expect(await failed(['discard', '--all'])).toMatchObject({ code: 0, output: expect.stringContaining('2 of 2') });
  for (const id of ids) {
    expect(await outboxRow(pool, id)).toMatchObject({ status: 'discarded' });
    expect(await queue.getJob(`n-${id}`)).toBeUndefined();
  }
});

test('an uncertain mail that had been sent is not sent a second time when it is sent again', async () => {
  const slow = { resendTimeoutMs: 300 };
  worker = await startTestWorker(context, { settings: slow });
  context.mailbox.fail({ kind: 'timeout', when: 'after' });
  const id = await notify(pool, { type: 'user.welcome.client', payload: { userId } });
  await until('sending is paused', () => worker?.state().sending.closed === true);
  await worker.stop();
  // As after 23 hours of an outage of the provider.
  await pool.query(
    `UPDATE notification_outbox SET status = 'uncertain', closed_at = now();
     UPDATE notification_log SET status = 'uncertain', settled_at = now()`,
  );
  expect(await failed(['send-again', id])).toMatchObject({ code: 0 });
  worker = await startTestWorker(context, { settings: slow });
  expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
  expect(context.mailbox.mails()).toHaveLength(1);
});

test.each([
  [[], 'Usage:'],
  [['vanish'], 'Usage:'],
  [['retry'], 'Name the notifications, or say --all.'],
  [['retry', 'n-1'], 'An id is a UUID'],
  [['list', '--status', 'sent'], 'status: '],
  [['list', '--everything'], '--everything'],
])('%j is refused with how it is meant', async (args, expected) => {
  expect(await failed(args)).toMatchObject({ code: 2, output: expect.stringContaining(expected) });
});

test('without the queue nothing is retried, and it says so', async () => {
  worker = await startTestWorker(context);
  const id = await refusedMail();
  const answer = await failed(['retry', id], { REDIS_PORT: '1', UPSTASH_REDIS_URL: 'redis://127.0.0.1:1' });
  expect(answer).toMatchObject({ code: 1, output: expect.stringContaining('ECONNREFUSED') });
  expect(await outboxRow(pool, id)).toMatchObject({ status: 'dead' });
});
