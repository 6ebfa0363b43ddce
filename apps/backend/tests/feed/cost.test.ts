/*
 * What each feature may cost in Redis commands: those that the client sends, which are billed, and the calls inside its
 * scripts, by name and number. A change that costs more fails here; one that costs less moves the figure down.
 */
import { randomUUID } from 'node:crypto';
import { viewDedupeKey } from '@convene/common/keys';
import { metrics } from '@convene/common/metrics';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { relayCounterOutbox, writeCounterOutbox } from '../../src/collections/Feed/counterOutbox';
import { flushCountersToDaily } from '../../src/collections/Feed/counters';
import { GroupCommit } from '../../src/collections/Feed/groupCommit';
import { type CounterEvent, type RecordRequest, record } from '../../src/collections/Feed/scripts/record';
import {
  countedInPostgres,
  createHarness,
  emptyFeedTables,
  type Harness,
  insertListings,
  keyOf,
  monitored,
} from './harness';

const LISTINGS = 2_500;

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  const ids = Array.from({ length: LISTINGS }, (_, index) => index + 1);
  await insertListings(harness.pool, { kind: 'locations', ids });
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await Promise.all([harness.raw.flushall(), emptyFeedTables(harness.pool)]);
  // The first use of a script by a process sends its text; here that is over.
  await write([requestOf(bump(LISTINGS))]);
});

const write = (requests: RecordRequest[]) => record(harness.redis, requests);
const requestOf = (...events: CounterEvent[]): RecordRequest => ({ requestId: randomUUID(), events });
const bump = (listingId: number, amount = 1): CounterEvent => ({ counterKey: keyOf(listingId, 'impressions'), amount });
const view = (listingId: number, userId: string): CounterEvent => ({
  counterKey: keyOf(listingId),
  dedupe: {
    key: viewDedupeKey({
      kind: 'locations',
      listingId,
      day: '2025-01-15',
      identifier: { type: 'user', userId },
    }),
    ttlSeconds: 5_000,
  },
});

/** How often each command came, by name. */
const byName = (commands: string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const command of commands) counts[command] = (counts[command] ?? 0) + 1;
  return counts;
};

const costOf = async (work: () => Promise<unknown>) => {
  const { client, insideScripts } = await monitored(harness.raw, work);
  return { client: byName(client), insideScripts: byName(insideScripts) };
};

describe('views', () => {
  test('a first view: dedupe and count by one command', async () => {
    expect(await costOf(() => write([requestOf(view(1, 'ana'))]))).toEqual({
      client: { evalsha: 1 },
      insideScripts: { mget: 1, set: 3, sadd: 1 },
    });
  });

  test('a view of a listing that has a counter', async () => {
    await write([requestOf(view(1, 'bob'))]);
    expect(await costOf(() => write([requestOf(view(1, 'ana'))]))).toEqual({
      client: { evalsha: 1 },
      insideScripts: { mget: 1, set: 2, incrby: 1 },
    });
  });

  test('a duplicate view', async () => {
    await write([requestOf(view(1, 'ana'))]);
    expect(await costOf(() => write([requestOf(view(1, 'ana'))]))).toEqual({
      client: { evalsha: 1 },
      insideScripts: { mget: 1, set: 1 },
    });
  });

  test('100 within one commit window: the first goes at once, the others share the next command', async () => {
    let nowMs = 0;
    let fire: () => void = () => undefined;
    const commit = new GroupCommit({
      windowMs: 15_000,
      write,
      clock: {
        now: () => nowMs,
        after: (_, callback) => {
          fire = callback;
          return () => undefined;
        },
      },
    });
    const cost = await costOf(async () => {
      const first = commit.submit(requestOf(view(1, 'u0')));
      await first;
      const others = Array.from({ length: 99 }, (_, index) => commit.submit(requestOf(view(1, `u${index + 1}`))));
      nowMs = 15_000;
      fire();
      await Promise.all(others);
    });
    expect(await harness.raw.get(keyOf(1))).toBe('100');
    expect(cost.client).toEqual({ evalsha: 2 });
    expect(cost.insideScripts).toEqual({ mget: 2, set: 201, sadd: 1, incrby: 1 });
  });

  test('a forwarded request that is sent again', async () => {
    const request = requestOf(view(1, 'ana'), bump(2));
    await write([request]);
    expect(await costOf(() => write([request]))).toEqual({ client: { evalsha: 1 }, insideScripts: { mget: 1 } });
  });
});

describe('impressions', () => {
  test('20 cards of a page at once', async () => {
    const page = () => write([requestOf(...Array.from({ length: 20 }, (_, index) => bump(index + 1)))]);
    expect((await costOf(page)).client).toEqual({ evalsha: 1 });
    expect(await costOf(page)).toEqual({ client: { evalsha: 1 }, insideScripts: { mget: 1, incrby: 20, set: 1 } });
  });

  test('increments of one counter within a call are one inside', async () => {
    const many = () => write([requestOf(...Array<CounterEvent>(200).fill(bump(LISTINGS)))]);
    expect(await costOf(many)).toEqual({ client: { evalsha: 1 }, insideScripts: { mget: 1, incrby: 1, set: 1 } });
    expect(await harness.raw.get(keyOf(LISTINGS, 'impressions'))).toBe('201');
  });
});

describe('favourites', () => {
  const now = new Date('2025-01-15T12:00:00.000Z');
  const favorite = (userId: number) =>
    writeCounterOutbox(harness.pool, { kind: 'locations', listingId: 1, metric: 'favorites', userId, now });
  const relay = () => relayCounterOutbox({ pool: harness.pool, commit: new GroupCommit({ windowMs: 0, write }) });

  test('noting one costs nothing, relaying it one command', async () => {
    expect((await costOf(() => favorite(7))).client).toEqual({});
    expect(await costOf(relay)).toEqual({ client: { evalsha: 1 }, insideScripts: { mget: 1, set: 2, sadd: 1 } });
  });

  test('30 that wait share one command; a relay that finds none sends none', async () => {
    for (let user = 1; user <= 30; user += 1) await favorite(user);
    expect((await costOf(relay)).client).toEqual({ evalsha: 1 });
    expect((await costOf(relay)).client).toEqual({});
  });
});

describe('the flush', () => {
  const flush = () => flushCountersToDaily({ pool: harness.pool, redis: harness.client() });

  test('of 10,000 counters, whatever else is in Redis, also in a process that has just started', {
    timeout: 60_000,
  }, async () => {
    await harness.raw.flushall();
    const pipeline = harness.raw.pipeline();
    for (let index = 0; index < 20_000; index += 1) pipeline.set(`other:${index}`, '1');
    await pipeline.exec();
    const events = Array.from({ length: LISTINGS }, (_, index) =>
      metrics.map((metric): CounterEvent => ({ counterKey: keyOf(index + 1, metric), amount: 2 })),
    ).flat();
    for (let from = 0; from < events.length; from += 500) await write([requestOf(...events.slice(from, from + 500))]);
    const { client, insideScripts } = await monitored(harness.raw, async () => {
      expect(await flush()).toMatchObject({ batches: 4, counters: 10_000, events: 20_000 });
    });
    expect(client.length).toBeLessThanOrEqual(7);
    expect(insideScripts.length).toBeLessThanOrEqual(80);
    expect((await countedInPostgres(harness.pool)).size).toBe(10_000);
  });

  test('of nothing costs three commands and writes nothing', async () => {
    await harness.raw.flushall();
    const { client } = await monitored(harness.raw, flush);
    expect(client).toHaveLength(3);
    expect((await harness.pool.query('SELECT FROM flush_batches')).rowCount).toBe(0);
  });
});
