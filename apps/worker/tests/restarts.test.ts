import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunningPostgres, startPackageScript, startPostgres } from '@convene/local-stack';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { writeNotifications } from '@convene/outbox';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { insertUsers, startTestWorker, until } from './support';

/* Servers that are stopped and started again while mails are on their way: work goes on by itself, and none is lost. */

const MAILS = 30;

let context: TestContext;
let directory: string;
let postgres: RunningPostgres;
let pool: pg.Pool;
let userIds: number[];
let worker: RunningWorker | undefined;

const startOwnPostgres = (port: number): Promise<RunningPostgres> =>
  startPostgres({ directory: path.join(directory, 'postgres'), port, isDurable: true });

beforeAll(async () => {
  context = await createTestContext({ template: 'empty', appendfsync: 'always' });
  // Of this file alone: the tests share theirs, and it is stopped here.
  directory = await mkdtemp(path.join(tmpdir(), 'convene-restarts-'));
  await chmod(directory, 0o755);
  postgres = await startOwnPostgres(0);
  const env = { ...context.env.backend, DATABASE_URL: postgres.url, SCHEDULERS_ENABLED: 'false' };
  const migration = await startPackageScript({ app: 'backend', script: 'migrate', env });
  migration.stdout?.resume();
  migration.stderr?.resume();
  const [code] = await once(migration, 'close');
  expect(code).toBe(0);
  pool = new pg.Pool({ connectionString: postgres.url });
  pool.on('error', () => undefined); // they are cut when it stops
  userIds = await insertUsers(pool, { count: MAILS, prefix: 'reader' });
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
  await context?.dispose();
  if (directory) await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  await pool.query(
    'DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM notification_batches; DELETE FROM leases',
  );
  await context.mailbox.reset();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const start = async (): Promise<void> => {
  worker = await startTestWorker(context, {
    env: { DATABASE_URL: postgres.url, RESEND_REQUESTS_PER_SECOND: '20' },
    settings: { sweepIntervalMs: 500 },
  });
};

const write = (priority: 'ordinary' | 'bulk') =>
  writeNotifications(
    pool,
    userIds.map((userId) => ({ type: 'user.welcome.client', payload: { userId }, priority })),
  );

const someAreSent = () => until('some are sent', () => context.mailbox.mails().length >= 3);

const expectAllSentOnce = async (): Promise<void> => {
  await until(
    'all are sent',
    async () => (await pool.query(`SELECT 1 FROM notification_outbox WHERE status = 'sent'`)).rowCount === MAILS,
    30_000,
  );
  const recipients = context.mailbox.mails().map(({ to }) => to[0]);
  expect(recipients).toHaveLength(MAILS);
  expect(new Set(recipients).size).toBe(MAILS);
  expect((await pool.query(`SELECT 1 FROM notification_log WHERE status = 'sent'`)).rowCount).toBe(MAILS);
};

test('a Redis that comes back with its memory', async () => {
  await start();
  await write('ordinary');
  await someAreSent();
  await context.killRedis();
  await context.startRedis();
  await expectAllSentOnce();
});

test('a Redis that comes back without its memory: what it had is added to it again', async () => {
  await start();
  await write('ordinary');
  await someAreSent();
  const redis = new Redis(context.redisUrl);
  await redis.flushall();
  redis.disconnect();
  // The sweep looks again after five minutes.
  await pool.query(
    `UPDATE notification_outbox SET relayed_at = relayed_at - interval '6 minutes' WHERE closed_at IS NULL`,
  );
  await expectAllSentOnce();
});

test.each(['ordinary', 'bulk'] as const)('a Postgres that is restarted while %s mails are sent', async (priority) => {
  await start();
  context.mailbox.setDelay(100);
  await write(priority);
  await until('a call is under way', () => context.mailbox.sendRequests() >= 1);
  await postgres.stop();
  postgres = await startOwnPostgres(postgres.port);
  context.mailbox.setDelay(0);
  await expectAllSentOnce();
});
