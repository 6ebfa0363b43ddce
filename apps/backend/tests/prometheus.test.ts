import { randomUUID } from 'node:crypto';
import { utcDayOf } from '@convene/common/time';
import { addRedisUsage } from '@convene/coordination';
import { writeNotification } from '@convene/outbox';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHarness, type Harness, insertListings, monitored } from './feed/harness';

const TOKEN = 'test-metrics-token-of-32-characters.';
const SERVICE_TOKEN = 'test-service-token-of-32-characters';

let harness: Harness;
let route: typeof import('../src/app/api/metrics/route');
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1] });
  Object.assign(process.env, harness.context.env.backend, {
    LOG_LEVEL: 'silent',
    METRICS_TOKEN: TOKEN,
    FEED_COMMIT_WINDOW_MS: '0',
    REDIS_DAILY_COMMAND_LIMIT: '500',
  });
  vi.resetModules();
  route = await import('../src/app/api/metrics/route');
});
afterAll(async () => {
  const { getPool } = await import('../src/utils/postgres');
  await getPool().end();
  await harness.dispose();
});

const context = { params: Promise.resolve({}) };

const scrape = async (authorization = `Bearer ${TOKEN}`) => {
  const request = new Request('http://localhost:3001/api/metrics', { headers: { authorization } });
  const answer = await route.GET(request, context);
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

const view = async (headers: Record<string, string>, body: unknown) => {
  const { POST } = await import('../src/app/api/metrics/view/route');
  return POST(
    new Request('http://localhost:3001/api/metrics/view', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
    context,
  );
};

const forwarded = (listingIds: number[]) => ({
  requestId: randomUUID(),
  events: listingIds.map((listingId) => ({
    kind: 'locations',
    listingId,
    at: Date.now(),
    visitor: { sessionId: 's1' },
  })),
});

test('tells what was counted, by which commands, and what waits; and sends none for it', async () => {
  const service = { 'x-convene-service-token': SERVICE_TOKEN };
  await view(service, forwarded([1, 1, 77]));
  await view(service, forwarded([1]));
  await view({ 'user-agent': 'Googlebot/2.1' }, { kind: 'locations', listingId: 1 });
  await writeNotification(harness.pool, {
    type: 'admin.user.new',
    payload: { userId: 1, displayName: 'Ada', roles: ['client'] },
  });
  const { writeCounterOutbox } = await import('../src/collections/Feed/counterOutbox');
  await writeCounterOutbox(harness.pool, { kind: 'locations', listingId: 1, metric: 'bookings', userId: 5 });
  const { calledJobs } = await import('../src/schedulers/calledJobs');
  await calledJobs.get('flush')?.();
  await addRedisUsage(harness.pool, {
    app: 'worker',
    report: {
      reportId: randomUUID(),
      entries: [{ day: utcDayOf(new Date()), source: 'jobs', command: 'evalsha', count: 12 }],
    },
  });

  let text = '';
  const { client } = await monitored(harness.raw, async () => {
    const answer = await scrape();
    expect(answer).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/plain/) });
    text = answer.text;
  });
  expect(client).toEqual([]);
  for (const line of [
    'convene_events_total{metric="views",verdict="counted"} 1',
    'convene_events_total{metric="views",verdict="duplicate"} 2',
    'convene_events_total{metric="views",verdict="unknown-listing"} 1',
    'convene_events_total{metric="views",verdict="robot"} 1',
    'convene_record_events_sum 3',
    'convene_record_events_count 2',
    'convene_record_requests_sum 2',
    'convene_record_seconds_count{outcome="done"} 2',
    'convene_metrics_requests_held 0',
    'convene_redis_commands_total{app="backend",source="record",command="eval"} 1',
    'convene_redis_commands_total{app="backend",source="record",command="evalsha"} 1',
    'convene_redis_commands_total{app="backend",source="recover",command="eval"} 1',
    'convene_redis_commands_today{app="worker"} 12',
    'convene_redis_daily_command_limit 500',
    'convene_redis_circuit_open 0',
    'convene_redis_circuit_openings_total 0',
    'convene_job_run_seconds_count{job="feed:flush",outcome="done"} 1',
    'convene_outbox_open_rows{status="pending"} 1',
    'convene_outbox_open_rows{status="relayed"} 0',
    'convene_counter_outbox_open_rows 1',
    'convene_flush_unacknowledged_batches 0',
    'convene_postgres_up 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^convene_flush_age_seconds \d/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  // Its totals must not grow by being read.
  expect((await scrape()).text).toContain(
    'convene_redis_commands_total{app="backend",source="record",command="eval"} 1\n',
  );
});

test('counts requests that were sent away while Redis is gone, and that it is left alone', {
  timeout: 30_000,
}, async () => {
  await harness.context.stopRedis();
  const service = { 'x-convene-service-token': SERVICE_TOKEN };
  const { getRedis } = await import('../src/utils/redis');
  let requests = 0;
  while (!getRedis().circuit().isOpen) {
    const answer = await view(service, forwarded([1]));
    expect(answer.status).toBe(503);
    requests += 1;
  }
  const { text } = await scrape();
  expect(text).toContain(`convene_metrics_unavailable_total{metric="views"} ${requests}\n`);
  expect(text).toContain('convene_redis_circuit_open 1\n');
  expect(text).toContain('convene_redis_circuit_openings_total 1\n');
  expect(text).toContain(`convene_record_seconds_count{outcome="failed"} ${requests}\n`);
  await harness.context.startRedis();
});

test('tells without Postgres what it knows without it, and nothing stale', async () => {
  const { scrape: scrapeWith } = await import('../src/metrics/scrape');
  const { text } = await scrapeWith({ sql: { query: () => Promise.reject(new Error('away')) } });
  expect(text).toContain('convene_postgres_up 0\n');
  expect(text).toContain('convene_events_total{metric="views",verdict="counted"} 1\n');
  expect(text).not.toMatch(/^convene_(outbox|counter_outbox|flush)_\w+[ {]/m);
  expect(text).not.toMatch(/^convene_redis_commands_today\{/m);
});

test('asks for its token where one is set', async () => {
  for (const authorization of ['', 'Bearer nothing', `Basic ${TOKEN}`]) {
    expect((await scrape(authorization)).status).toBe(401);
  }
});
