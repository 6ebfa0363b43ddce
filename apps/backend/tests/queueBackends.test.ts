import { randomUUID } from 'node:crypto';
import { NOTIFICATION_JOB_NAME, notificationJobId, queueNames } from '@convene/common/queues';
import { createFaultProxy, createTestContext, type FaultProxy, type TestContext } from '@convene/local-stack/testing';
import type { RelayJob } from '@convene/outbox';
import { createPostgresBackend, DEFAULT_SCHEMA, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

/* Where the backend hands its outbox rows to: each test loads the module anew, with an environment of its own. */

let context: TestContext;
let pool: pg.Pool;
let proxy: FaultProxy;
type QueueModule = typeof import('../src/utils/notificationsQueue');
let loaded: QueueModule | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl, options: `-c search_path=${DEFAULT_SCHEMA}` });
  proxy = await createFaultProxy({ targetPort: Number(new URL(context.redisUrl).port) });
});

afterAll(async () => {
  await proxy?.stop();
  await pool?.end();
  await context?.dispose();
});

afterEach(async () => {
  await loaded?.closeNotificationsQueue();
  loaded = undefined;
});

const load = async (env: Record<string, string>): Promise<QueueModule> => {
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent', ...env });
  vi.resetModules();
  // What outlives modules in a process belongs to the test before.
  Reflect.deleteProperty(globalThis, '__convene');
  loaded = await import('../src/utils/notificationsQueue');
  return loaded;
};

const jobs = (count: number): RelayJob[] =>
  Array.from({ length: count }, () => {
    const outboxId = randomUUID();
    return {
      name: NOTIFICATION_JOB_NAME,
      data: { outboxId },
      opts: { jobId: notificationJobId(outboxId), priority: 5 },
    };
  });

describe('queues in Postgres', () => {
  const env = { QUEUE_BACKEND: 'postgres', UPSTASH_REDIS_URL: '' };

  test('rows are added there in one bulk, each once, without a Redis command', async () => {
    const redis = new Redis(context.redisUrl);
    const monitor = await redis.monitor();
    const commands: string[] = [];
    monitor.on('monitor', (_time: string, [name = '']: string[]) => commands.push(name));
    const { addNotificationJobs, queueHealth } = await load(env);
    const added = jobs(3);
    await addNotificationJobs(added);
    await addNotificationJobs(added);
    const queue = new Queue(queueNames.notifications, { connection: pool }, createPostgresBackend);
    expect(await queue.getJobCounts('waiting', 'prioritized')).toMatchObject({ prioritized: 3 });
    await queue.close();
    expect(queueHealth()).toEqual({ backend: 'postgres', connected: true, lastError: null });
    await redis.ping();
    await expect.poll(() => commands).toEqual(['ping']);
    monitor.disconnect();
    redis.disconnect();
  });

  test('tables that are not there yet are found when they are', async () => {
    await pool.query('ALTER SCHEMA bullmq RENAME TO not_yet');
    const { addNotificationJobs, queueHealth } = await load(env);
    await expect(addNotificationJobs(jobs(1))).rejects.toThrow(/not initialized/);
    expect(queueHealth()).toMatchObject({ connected: false, lastError: expect.stringContaining('not initialized') });
    await pool.query('ALTER SCHEMA not_yet RENAME TO bullmq');
    await addNotificationJobs(jobs(1));
    expect(queueHealth()).toMatchObject({ connected: true, lastError: null });
  });

  test('the release step can run again', async () => {
    const { migrateQueues } = await import('../src/utils/migrateQueues');
    const [first, second] = await Promise.all([migrateQueues(pool), migrateQueues(pool)]);
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(first);
  });
});

describe('queues in Redis', () => {
  test('a connection that is swallowed without a word is made anew, and the rows are added at the next try', async () => {
    const { addNotificationJobs, queueHealth } = await load({
      QUEUE_BACKEND: 'redis',
      UPSTASH_REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
    });
    await addNotificationJobs(jobs(1));
    proxy.forget();
    const added = jobs(1);
    await addNotificationJobs(added).catch(() => undefined); // whether it is added or refused: never for longer than this
    await expect.poll(() => queueHealth().connected, { timeout: 10_000 }).toBe(true);
    await addNotificationJobs(added);
    const redis = new Redis(context.redisUrl);
    expect(await redis.zcard('bull:notifications:prioritized')).toBe(2);
    redis.disconnect();
  }, 30_000);
});
