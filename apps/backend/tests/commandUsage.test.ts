import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { CommandCounter, type UsageReport, UsageReporter } from '@convene/common/commands';
import { errorAnswerSchema } from '@convene/common/errors';
import { utcDayOf, utcDaySchema } from '@convene/common/time';
import { addRedisUsage } from '@convene/coordination';
import { monitored } from '@convene/local-stack/command-monitor';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHarness, type Harness } from './feed/harness';

const SERVICE_TOKEN = 'test-service-token-of-32-characters';
const day = utcDaySchema.parse('2025-01-15');

let harness: Harness;
let route: typeof import('../src/app/api/command-usage/route');
beforeAll(async () => {
  harness = await createHarness();
  Object.assign(process.env, harness.context.env.backend, { LOG_LEVEL: 'silent' });
  vi.resetModules();
  route = await import('../src/app/api/command-usage/route');
});
afterAll(async () => {
  const { getPool } = await import('../src/utils/postgres');
  await getPool().end();
  await harness.dispose();
});
beforeEach(() => harness.pool.query('TRUNCATE redis_usage, redis_usage_reports'));

const reportOf = (counts: Record<string, number>, reportId = randomUUID()): UsageReport => ({
  reportId,
  entries: Object.entries(counts).map(([command, count]) => ({ day, source: 'record', command, count })),
});

const usage = async (): Promise<Record<string, number>> => {
  const { rows } = await harness.pool.query<{ key: string; count: number }>(
    `SELECT concat_ws(' ', day, app, source, command) AS key, count::int FROM redis_usage ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
};

describe('the table of what the apps have sent', () => {
  test('adds up by day, app, source and command', async () => {
    await addRedisUsage(harness.pool, { app: 'backend', report: reportOf({ evalsha: 3, eval: 1 }) });
    await addRedisUsage(harness.pool, { app: 'backend', report: reportOf({ evalsha: 4 }) });
    await addRedisUsage(harness.pool, { app: 'worker', report: reportOf({ evalsha: 5 }) });
    expect(await usage()).toEqual({
      '2025-01-15 backend record eval': 1,
      '2025-01-15 backend record evalsha': 7,
      '2025-01-15 worker record evalsha': 5,
    });
  });

  test('adds a report once, however often and however close it arrives', async () => {
    const report = reportOf({ evalsha: 3 });
    const added = await Promise.all(
      Array.from({ length: 8 }, () => addRedisUsage(harness.pool, { app: 'backend', report })),
    );
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await addRedisUsage(harness.pool, { app: 'backend', report })).toBe(false);
    expect(await usage()).toEqual({ '2025-01-15 backend record evalsha': 3 });
  });

  test('takes many reports of the same commands at once, named in whatever order', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `command${index}`);
    const forwards = Object.fromEntries(names.map((name) => [name, 1]));
    const backwards = Object.fromEntries(names.toReversed().map((name) => [name, 1]));
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        addRedisUsage(harness.pool, { app: 'backend', report: reportOf(index % 2 === 0 ? forwards : backwards) }),
      ),
    );
    expect(new Set(Object.values(await usage()))).toEqual(new Set([40]));
  });

  test('forgets the ids of reports after a week', async () => {
    const old = reportOf({ evalsha: 1 });
    await addRedisUsage(harness.pool, { app: 'backend', report: old });
    await harness.pool.query("UPDATE redis_usage_reports SET created_at = now() - interval '8 days'");
    const report = reportOf({ evalsha: 1 });
    await addRedisUsage(harness.pool, { app: 'backend', report });
    const { rows } = await harness.pool.query<{ id: string }>('SELECT id FROM redis_usage_reports');
    expect(rows).toEqual([{ id: report.reportId }]);
  });

  test('an answer that was lost makes nothing count twice', async () => {
    const counter = new CommandCounter('backend', 'record');
    let isLost = true;
    const reporter = new UsageReporter({
      counters: () => [counter],
      send: async (report) => {
        await addRedisUsage(harness.pool, { app: 'backend', report });
        if (isLost) throw new Error('the connection broke after the commit');
      },
      onError: () => undefined,
      now: () => new Date('2025-01-15T12:00:00.000Z'),
    });
    counter.count('evalsha', { times: 2 });
    await reporter.report();
    isLost = false;
    counter.count('evalsha', { times: 5 });
    await reporter.stop();
    expect(await usage()).toEqual({ '2025-01-15 backend record evalsha': 7 });
  });
});

describe('POST /api/command-usage', () => {
  const send = async (body: unknown, token: string | null = SERVICE_TOKEN) => {
    const answer = await route.POST(
      new Request('http://localhost:3001/api/command-usage', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { 'x-convene-service-token': token }),
        },
        body: JSON.stringify(body),
      }),
      { params: Promise.resolve({}) },
    );
    return { status: answer.status, body: await answer.json() };
  };

  test("adds the frontend's commands, once, and sends none of its own", async () => {
    const report = reportOf({ get: 3 });
    const { client } = await monitored(harness.context.redisUrl, async () => {
      expect(await send(report)).toEqual({ status: 200, body: { reportId: report.reportId, added: true } });
      expect(await send(report)).toEqual({ status: 200, body: { reportId: report.reportId, added: false } });
    });
    expect(client).toEqual([]);
    expect(await usage()).toEqual({ '2025-01-15 frontend record get': 3 });
  });

  test('believes nobody without the service token, and no nonsense', async () => {
    const report = reportOf({ get: 3 });
    for (const token of [null, 'another-service-token-of-32-chars..']) {
      const answer = await send(report, token);
      expect(answer.status).toBe(401);
      expect(errorAnswerSchema.parse(answer.body).error.code).toBe('unauthenticated');
    }
    const [entry] = report.entries;
    for (const wrong of [
      { ...report, reportId: 'x' },
      { ...report, entries: [] },
      { ...report, entries: [{ ...entry, count: -1 }] },
      { ...report, entries: [{ ...entry, count: 0.5 }] },
      { ...report, entries: [{ ...entry, day: '2025-02-30' }] },
      { ...report, entries: [{ ...entry, command: 'get key of somebody' }] },
    ]) {
      expect((await send(wrong)).status).toBe(400);
    }
    expect(await usage()).toEqual({});
  });
});

describe('a backend process', () => {
  test('reports what it has sent when it is told to stop, before it goes', { timeout: 60_000 }, async () => {
    const backend = path.resolve(import.meta.dirname, '..');
    // Ends at the signal as Next does: as soon as its server is closed.
    const script = `
      import { startProcess } from './src/process.ts';
      import { getRedis } from './src/utils/redis.ts';
      startProcess();
      process.once('SIGTERM', () => setImmediate(() => process.exit(143)));
      await getRedis().get('nothing');
      process.kill(process.pid, 'SIGTERM');
    `;
    const code = await new Promise((resolve) => {
      execFile(
        path.join(backend, 'node_modules/.bin/tsx'),
        ['--input-type=module', '-e', script],
        {
          cwd: backend,
          env: {
            NODE_ENV: 'test',
            PATH: process.env.PATH,
            ...harness.context.env.backend,
            SCHEDULERS_ENABLED: 'false',
            LOG_LEVEL: 'error',
          },
        },
        (error, stdout, stderr) => resolve(error ? (error.code ?? stdout + stderr) : 0),
      );
    });
    expect(code).toBe(143);
    expect(await usage()).toEqual({ [`${utcDayOf(new Date())} backend counters get`]: 1 });
  });
});
