import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { writeNotifications } from '@convene/outbox';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { insertUser, insertUsers, notify, startTestWorker, until, untilClosed } from './support';

const appDirectory = new URL('..', import.meta.url).pathname;
const entry = new URL('../src/index.ts', import.meta.url).pathname;
const token = 'secret-token-of-the-mail';

let context: TestContext;
let pool: pg.Pool;
let worker: RunningWorker | undefined;
const children: ChildProcess[] = [];

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
});
afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});
beforeEach(async () => {
  await pool.query(
    'DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM users; DELETE FROM leases',
  );
  await context.mailbox.reset();
  context.mailbox.setRateLimit(null);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  for (const child of children.splice(0)) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

const startProcess = async (env: Record<string, string>): Promise<void> => {
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    cwd: appDirectory,
    env: { ...process.env, ...context.env.worker, PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until('a worker has started', () => output.includes('worker started'));
};

const writeBurst = async (count: number): Promise<void> => {
  const userIds = await insertUsers(pool, { count, prefix: 'reader' });
  await writeNotifications(
    pool,
    userIds.map((userId) => ({ type: 'user.welcome.client', payload: { userId } })),
  );
};

const openRows = async (): Promise<number> =>
  (await pool.query('SELECT 1 FROM notification_outbox WHERE closed_at IS NULL')).rowCount ?? 0;

/** The most requests that came within any second, wherever it begins. */
const mostInASecond = (times: number[]): number => {
  const sorted = times.toSorted((a, b) => a - b);
  let first = 0;
  return sorted.reduce((most, time, index) => {
    while (time - (sorted[first] ?? time) >= 1_000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
};

test('the count of the most in a second', () => {
  expect(mostInASecond([])).toBe(0);
  expect(mostInASecond([0, 500, 999, 1_000, 1_499])).toBe(4);
  expect(mostInASecond([0, 1_000, 2_000])).toBe(1);
});

describe('the rate of the account', () => {
  test('is kept by two processes in any second, and all of a burst of 500 arrive', async () => {
    const rate = 50;
    context.mailbox.setRateLimit(rate);
    const env = { RESEND_REQUESTS_PER_SECOND: String(rate), APP_ENV: 'production' };
    await Promise.all([startProcess(env), startProcess(env)]);
    await writeBurst(500);
    await until('all are sent', async () => (await openRows()) === 0, 60_000);
    const recipients = context.mailbox.mails().map(({ to }) => to[0]);
    expect(recipients).toHaveLength(500);
    expect(new Set(recipients).size).toBe(500);
    expect(mostInASecond(context.mailbox.sendTimes())).toBeLessThanOrEqual(rate);
    // None was refused, so none came twice.
    expect(context.mailbox.sendRequests()).toBe(500);
  }, 90_000);

  test('is there for what somebody waits for before it is for the rest', async () => {
    worker = await startTestWorker(context, { env: { RESEND_REQUESTS_PER_SECOND: '40', APP_ENV: 'production' } });
    await writeBurst(150);
    const userId = await insertUser(pool, { email: 'waiting@example.com' });
    await until('the burst is under way', () => context.mailbox.mails().length >= 10);
    const before = context.mailbox.mails().length;
    const id = await notify(pool, { type: 'user.reset.start', payload: { userId, token } });
    await untilClosed(pool, id);
    // Those that were in hand, and what left while it was on its way to the queue.
    expect(context.mailbox.mails().length - before).toBeLessThan(30);
    expect(await openRows()).toBeGreaterThan(80);
  });
});
