import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { outputOf, spawnWorker } from './processes';
import { createLog, insertUser, notify, outboxRow, startTestWorker, until, untilClosed } from './support';

let context: TestContext;
let pool: pg.Pool;
let userId: number;
let worker: RunningWorker | undefined;
let child: ChildProcess | undefined;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  pool.on('error', () => undefined); // one test cuts all connections
  userId = await insertUser(pool, { email: 'ana@example.com' });
});

afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});

beforeEach(async () => {
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log');
  await context.mailbox.reset();
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  child?.kill('SIGKILL');
  child = undefined;
});

const writeOne = () => notify(pool, { type: 'user.welcome.client', payload: { userId } });

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`http://127.0.0.1:${worker?.port}${path}`, init);
  return { status: response.status, body: await response.text() };
};

const entry = new URL('../src/index.ts', import.meta.url).pathname;

describe('health', () => {
  test('answers about itself without a command to Redis', async () => {
    worker = await startTestWorker(context);
    await until('the worker is ready', async () => (await ask('/ready')).status === 200);
    const redis = new Redis(context.redisUrl);
    const monitor = await redis.monitor();
    const commands: string[][] = [];
    monitor.on('monitor', (_time: string, args: string[]) => commands.push(args));
    for (let index = 0; index < 10; index += 1) {
      expect((await ask('/health')).status).toBe(200);
      expect((await ask('/ready')).status).toBe(200);
      expect((await ask('/metrics')).status).toBe(200);
    }
    await redis.ping();
    await until('the ping is seen', () => commands.some(([name]) => name === 'ping'));
    monitor.disconnect();
    redis.disconnect();
    expect(commands).toEqual([['ping']]);
  });

  test('counts in its metrics what it did', async () => {
    worker = await startTestWorker(context);
    await untilClosed(pool, await writeOne());
    await until('the job is counted', async () => (await ask('/metrics')).body.includes('convene_job_seconds_count'));
    const { body } = await ask('/metrics');
    expect(body).toContain('convene_mails_total{type="user.welcome.client",result="sent"} 1');
    expect(body).toMatch(/convene_redis_commands_total\{app="worker",source="wait",command="bzpopmin"\} \d+/);
    expect(body).toContain('convene_outbox_open_rows{status="pending"} 0');
    expect(body).toContain('convene_queue_ready{backend="redis"} 1');
  });

  test('keeps what it has sent to Redis when it stops, under its own name', async () => {
    worker = await startTestWorker(context);
    await untilClosed(pool, await writeOne());
    await worker.stop();
    const { rows } = await pool.query<{ app: string; source: string; command: string; count: number }>(
      `SELECT app, source, command, count::int FROM redis_usage`,
    );
    expect(rows).toContainEqual({ app: 'worker', source: 'wait', command: 'bzpopmin', count: expect.any(Number) });
    expect(new Set(rows.map(({ app }) => app))).toEqual(new Set(['worker']));
    expect(rows.find(({ source, command }) => source === 'queue' && command === 'evalsha')?.count).toBeGreaterThan(0);
  });

  test('shows its metrics to whoever has the token, where one is set', async () => {
    const METRICS_TOKEN = 'test-metrics-token-of-32-characters.';
    worker = await startTestWorker(context, { env: { METRICS_TOKEN } });
    expect(await ask('/metrics')).toMatchObject({ status: 401 });
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    expect(await ask('/metrics', { headers })).toMatchObject({ status: 200 });
  });

  test('refuses what it does not know in the one shape of an error', async () => {
    worker = await startTestWorker(context);
    expect(await ask('/nothing')).toMatchObject({ status: 404 });
    expect(JSON.parse((await ask('/nothing')).body)).toEqual({
      error: { code: 'not-found', message: 'Only /health, /ready, /metrics and /emails/ are here.' },
    });
    expect(await ask('/health', { method: 'POST' })).toMatchObject({ status: 405 });
  });
});

test('every command that is sent is counted, by its name', async () => {
  const redis = new Redis(context.redisUrl);
  const monitor = await redis.monitor();
  const seen: Record<string, number> = {};
  monitor.on('monitor', (_time: string, [name = '']: string[], source: string) => {
    const command = name.toLowerCase();
    // What scripts call is not sent by the client; CLIENT SETINFO is refused by older servers before they show it.
    if (source !== 'lua' && command !== 'client') seen[command] = (seen[command] ?? 0) + 1;
  });
  try {
    worker = await startTestWorker(context);
    await untilClosed(pool, await writeOne());
    await untilClosed(pool, await writeOne());
    const counted = async (): Promise<Record<string, number>> => {
      const { body } = await ask('/metrics');
      const sums: Record<string, number> = {};
      for (const [, name = '', count] of body.matchAll(/_commands_total\{.*,command="(\w+)"\} (\d+)/g)) {
        if (name !== 'client') sums[name] = (sums[name] ?? 0) + Number(count);
      }
      return sums;
    };
    await expect.poll(counted, { timeout: 5_000 }).toEqual(expect.objectContaining({ bzpopmin: expect.any(Number) }));
    await expect.poll(async () => ({ counted: await counted() }), { timeout: 5_000 }).toEqual({ counted: seen });
  } finally {
    monitor.disconnect();
    redis.disconnect();
  }
});

describe('without its servers', () => {
  test('it starts, says what it waits for, and works when they are there', async () => {
    await context.stopRedis();
    const { lines, logger } = createLog();
    worker = await startTestWorker(context, { logger });
    const id = await writeOne();
    await until('it says so', () => lines.some((line) => line.includes('waiting for Redis')));
    expect((await ask('/health')).status).toBe(200);
    const { status, body } = await ask('/ready');
    expect(status).toBe(503);
    expect(body).toContain('Redis');
    expect(await outboxRow(pool, id)).toMatchObject({ status: 'pending' });
    await context.startRedis();
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
    expect((await ask('/ready')).status).toBe(200);
  });

  test('it stops at once while Redis is away', async () => {
    await context.stopRedis();
    worker = await startTestWorker(context);
    const begun = Date.now();
    await worker.stop();
    expect(Date.now() - begun).toBeLessThan(8_000);
    await context.startRedis();
  });

  test('a Redis that goes away and comes back empty loses no mail', async () => {
    worker = await startTestWorker(context);
    await untilClosed(pool, await writeOne());
    await context.stopRedis();
    const id = await writeOne();
    await context.startRedis();
    expect(await untilClosed(pool, id)).toMatchObject({ status: 'sent' });
    expect(context.mailbox.mails()).toHaveLength(2);
  });

  test('connections that Postgres cuts are made anew', async () => {
    worker = await startTestWorker(context);
    await until('the worker is ready', async () => (await ask('/ready')).status === 200);
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(await untilClosed(pool, await writeOne())).toMatchObject({ status: 'sent' });
  });

  test('a port that is taken is told with the variable that moves it', async () => {
    worker = await startTestWorker(context);
    child = spawnWorker(context, entry, { PORT: String(worker.port), LOG_LEVEL: 'info' });
    const output = outputOf(child);
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(output.text()).toContain(`port ${worker.port} is taken; PORT moves the worker`);
  });
});

test('an environment with problems is refused, every problem listed', async () => {
  child = spawnWorker(context, entry, { DATABASE_URL: '', EMAIL_FROM: 'nobody' });
  const output = outputOf(child);
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(output.text()).toContain('DATABASE_URL: is not set');
  expect(output.text()).toContain('EMAIL_FROM: is no sender');
});
