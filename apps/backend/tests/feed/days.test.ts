import { randomUUID } from 'node:crypto';
import type { UtcDay } from '@convene/common/time';
import { utcDayOf } from '@convene/common/time';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { flushCountersToDaily } from '../../src/collections/Feed/counters';
import { GroupCommit } from '../../src/collections/Feed/groupCommit';
import { record } from '../../src/collections/Feed/scripts/record';
import { aggregateDaily } from '../../src/collections/Feed/workers/aggregateDaily';
import { routeHandlers, SERVICE_TOKEN_HEADER } from '../../src/endpoints/http';
import { metricsHandlers } from '../../src/endpoints/metrics';
import { ListingDirectory } from '../../src/endpoints/metrics/listingDirectory';
import { env } from '../../src/env';
import { countedInPostgres, createHarness, emptyFeedTables, type Harness, insertListings, keyOf } from './harness';

/*
 * Days are UTC days, wherever the machine stands: this file runs in other time zones too (`vitest.workspace.ts`).
 */

let harness: Harness;
let now: Date;
let route: ReturnType<typeof routeHandlers<Record<string, never>>>;
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, { kind: 'locations', ids: [1] });
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await harness.raw.flushall();
  await emptyFeedTables(harness.pool);
  const { view } = metricsHandlers(() => ({
    commit: new GroupCommit({ windowMs: 0, write: (requests) => record(harness.redis, requests) }),
    directory: new ListingDirectory(() => harness.pool),
    sessionOf: () => Promise.resolve(null),
    allowAddress: () => Promise.resolve(),
    now: () => now,
  }));
  route = routeHandlers({ POST: view });
});

/** One view that the collector took at `at`, and that arrives at `arrives`. */
const view = async ({ at, arrives, sessionId }: { at: string; arrives: string; sessionId: string }) => {
  now = new Date(arrives);
  const events = [{ kind: 'locations', listingId: 1, at: Date.parse(at), visitor: { sessionId } }];
  const answer = await route.POST(
    new Request('http://localhost:3001/api/metrics/view', {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SERVICE_TOKEN_HEADER]: env.SERVICE_TOKEN },
      body: JSON.stringify({ requestId: randomUUID(), events }),
    }),
    { params: Promise.resolve({}) },
  );
  expect(answer.status).toBe(200);
};

const flush = () => flushCountersToDaily({ pool: harness.pool, redis: harness.redis });
const perDay = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    [...(await countedInPostgres(harness.pool))].map(([key, count]) => [key.split(':').at(-1) ?? '', count]),
  );

test('this run stands where it was told to', () => {
  if (!process.env.TZ) return;
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(process.env.TZ);
  // Where local days begin at another moment than UTC's, a mistake shows.
  expect(new Date('2025-01-15T00:30:00.000Z').getHours()).not.toBe(0);
});

describe('an event around UTC midnight', () => {
  test('counts for the day on which the collector took it, an hour back at most', async () => {
    await view({ at: '2025-01-15T23:59:59.999Z', arrives: '2025-01-16T00:30:00.000Z', sessionId: 'a' });
    await view({ at: '2025-01-16T00:00:00.000Z', arrives: '2025-01-16T00:30:00.000Z', sessionId: 'b' });
    // Too old to be believed: it counts for the day of an hour ago.
    await view({ at: '2025-01-14T12:00:00.000Z', arrives: '2025-01-16T00:30:00.000Z', sessionId: 'c' });
    await flush();
    expect(await perDay()).toEqual({ '2025-01-15': 2, '2025-01-16': 1 });
  });

  test('of one visitor on both sides of it counts twice, and within a day once', async () => {
    for (const at of ['2025-01-15T00:00:00.000Z', '2025-01-15T23:59:59.999Z', '2025-01-16T00:00:00.000Z']) {
      await view({ at, arrives: at, sessionId: 'same' });
    }
    await flush();
    expect(await perDay()).toEqual({ '2025-01-15': 1, '2025-01-16': 1 });
  });

  test('is remembered for deduplication until an hour after its UTC day', async () => {
    await view({ at: '2025-01-15T22:00:00.000Z', arrives: '2025-01-15T22:00:00.000Z', sessionId: 'a' });
    const [key = ''] = await harness.raw.keys('metrics:view:*');
    expect(key).toContain(':2025-01-15:');
    const seconds = await harness.raw.ttl(key);
    expect(seconds).toBeGreaterThan(3 * 3_600 - 60);
    expect(seconds).toBeLessThanOrEqual(3 * 3_600);
  });
});

test('a leap day is a day of its own, in the counters and in the sums of the last days', async () => {
  for (const at of [
    '2024-02-28T23:59:59.000Z',
    '2024-02-29T00:00:00.000Z',
    '2024-02-29T23:59:59.000Z',
    '2024-03-01T00:00:00.000Z',
  ]) {
    await view({ at, arrives: at, sessionId: at.slice(0, 13).replace(/\D/g, '') });
  }
  await flush();
  expect(await perDay()).toEqual({ '2024-02-28': 1, '2024-02-29': 2, '2024-03-01': 1 });
  const sums = async (moment: string) => {
    await aggregateDaily({ pool: harness.pool, now: new Date(moment) });
    const { rows } = await harness.pool.query('SELECT views_7d::int AS week, views_30d::int AS month FROM aggregates');
    return rows[0];
  };
  expect(await sums('2024-03-05T23:59:59.999Z')).toEqual({ week: 4, month: 4 });
  expect(await sums('2024-03-06T00:00:00.000Z')).toEqual({ week: 3, month: 4 });
  expect(await sums('2024-03-07T00:00:00.000Z')).toEqual({ week: 1, month: 4 });
  expect(await sums('2024-03-29T00:00:00.000Z')).toEqual({ week: 0, month: 3 });
});

describe('a flush', () => {
  const add = (day: UtcDay, amount: number) =>
    record(harness.redis, [{ requestId: randomUUID(), events: [{ counterKey: keyOf(1, 'views', day), amount }] }]);

  test('that comes days late puts each count on its own day', async () => {
    for (const [offset, amount] of [5, 3, 1].entries())
      await add(utcDayOf(new Date(Date.UTC(2025, 0, 13 + offset))), amount);
    await flush();
    expect(await perDay()).toEqual({ '2025-01-13': 5, '2025-01-14': 3, '2025-01-15': 1 });
  });

  test('that runs twice adds nothing, and what comes between is added', async () => {
    const day = utcDayOf(new Date('2025-01-15T23:59:59.999Z'));
    await add(day, 4);
    await flush();
    expect(await flush()).toMatchObject({ batches: 0, events: 0 });
    await add(day, 2);
    await flush();
    expect(await perDay()).toEqual({ '2025-01-15': 6 });
  });
});
