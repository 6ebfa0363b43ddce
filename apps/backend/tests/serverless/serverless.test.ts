import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { makeFormStamp } from '@convene/common/forms';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/* A host without a process that lives: every request has a process of its own, which is killed when it has answered. */

const LISTINGS = 3;
let context: TestContext;
let pool: pg.Pool;
let redis: Redis;

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl, max: 2 });
  redis = new Redis(context.redisUrl, { protocol: 2 });
  await pool.query(
    `INSERT INTO locations (id, title, slug, moderation_status, _status, tier, approved_at)
     SELECT id, 'Listing ' || id, 'listing-' || id, 'approved', 'published', 'standard', now()
     FROM generate_series(1, $1::int) AS id`,
    [LISTINGS],
  );
});
afterAll(async () => {
  redis?.disconnect();
  await pool?.end();
  await context?.dispose();
});

const answerSchema = z.object({ status: z.number(), body: z.unknown() });

const invoke = async (
  route: string,
  {
    body,
    headers = {},
    params = {},
  }: { body?: unknown; headers?: Record<string, string>; params?: Record<string, string> },
) => {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'invocation.ts')], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ...context.env.backend,
      NODE_ENV: 'production',
      LOG_LEVEL: 'fatal',
      SCHEDULERS_ENABLED: 'false',
      FEED_COMMIT_WINDOW_MS: '15000',
    },
  });
  child.stdin.end(JSON.stringify({ route, method: 'POST', url: `http://localhost/${route}`, headers, params, body }));
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (output === '') throw new Error(`${route} has not answered:\n${complaints}`);
  return answerSchema.parse(JSON.parse(output));
};

const token = () => ({ 'x-convene-service-token': context.env.backend['SERVICE_TOKEN'] ?? '' });
const job = (name: string) =>
  invoke('api/jobs/[name]', {
    params: { name },
    headers: { authorization: `Bearer ${context.env.backend['JOBS_SECRET']}` },
  });

const views = (requestId: string) => ({
  requestId,
  events: Array.from({ length: LISTINGS }, (_, index) => ({
    kind: 'locations',
    listingId: index + 1,
    at: Date.now(),
    visitor: { sessionId: 'visitor-1' },
  })),
});

test('counts, announces and ranks, with nothing lost and nothing twice', { timeout: 180_000 }, async () => {
  const requestId = randomUUID();
  const first = await invoke('api/metrics/view', { body: views(requestId), headers: token() });
  expect(first).toMatchObject({ status: 200, body: { verdicts: ['counted', 'counted', 'counted'] } });
  // Its answer was lost, and a process that knows nothing of the first gets it again.
  const again = await invoke('api/metrics/view', { body: views(requestId), headers: token() });
  expect(again).toMatchObject({ status: 200, body: { verdicts: ['counted', 'counted', 'counted'] } });

  const stamp = makeFormStamp(context.env.backend['SERVICE_TOKEN'] ?? '', new Date(Date.now() - 5_000));
  const message = {
    name: 'Ana',
    email: 'ana@example.com',
    subject: 'A hall',
    message: 'A question about a hall.',
    form: { stamp, homepage: '' },
  };
  expect((await invoke('api/contact', { body: message, headers: token() })).status).toBeLessThan(300);

  expect(await job('notifications-relay')).toMatchObject({ status: 200, body: { ran: true } });
  const { rows: open } = await pool.query<{ id: string; status: string }>('SELECT id, status FROM notification_outbox');
  expect(open.length).toBeGreaterThan(0);
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set(['relayed']));
  const jobs = await redis.keys('bull:notifications:*');
  for (const { id } of open) expect(jobs.some((key) => key.includes(id))).toBe(true);

  for (const name of ['flush', 'aggregate', 'rank']) {
    expect(await job(name), name).toMatchObject({ status: 200, body: { ran: true } });
  }
  const { rows } = await pool.query<{ listing_id: number; views: number }>(
    'SELECT listing_id::int AS listing_id, views::int AS views FROM metrics_daily ORDER BY listing_id',
  );
  expect(rows).toEqual([1, 2, 3].map((listing_id) => ({ listing_id, views: 1 })));
  expect(await redis.keys('feed:counters:*')).toEqual([]);
  const { rows: ranked } = await pool.query<{ count: number }>(
    `SELECT count(DISTINCT listing_id)::int AS count FROM listing_rank WHERE kind = 'locations'`,
  );
  expect(ranked[0]?.count).toBe(LISTINGS);
  expect((await invoke('api/jobs/[name]', { params: { name: 'flush' } })).status).toBe(401);
});
