import { randomUUID } from 'node:crypto';
import {
  COUNTER_TTL_SECONDS,
  DIRTY_COUNTERS_KEY,
  FLUSH_INFLIGHT_KEY,
  FLUSH_SEQUENCE_KEY,
  flushBatchKey,
} from '@convene/common/keys';
import { createFaultProxy } from '@convene/local-stack/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adoptLegacyCounters } from '../../src/collections/Feed/adoptLegacyCounters';
import { applyBatch } from '../../src/collections/Feed/applyBatch';
import { flushCountersToDaily } from '../../src/collections/Feed/counters';
import type { FlushStep } from '../../src/collections/Feed/flushCounters';
import { flush } from '../../src/collections/Feed/scripts/flush';
import { record } from '../../src/collections/Feed/scripts/record';
import { recover } from '../../src/collections/Feed/scripts/recover';
import { isRedisReplyError, isRedisUnavailable } from '../../src/utils/redisErrors';
import { countedInPostgres, createHarness, emptyFeedTables, type Harness, insertListings, keyOf } from './harness';

const LISTINGS = 2_500;

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await insertListings(harness.pool, {
    kind: 'locations',
    ids: Array.from({ length: LISTINGS }, (_, index) => index + 1),
  });
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await Promise.all([harness.raw.flushall(), emptyFeedTables(harness.pool)]);
});

const add = (...counts: [key: string, amount: number][]) =>
  record(harness.redis, [
    { requestId: randomUUID(), events: counts.map(([counterKey, amount]) => ({ counterKey, amount })) },
  ]);

const runFlush = (options: Parameters<typeof flushCountersToDaily>[0] = {}) =>
  flushCountersToDaily({ pool: harness.pool, redis: harness.redis, ...options });

/** Nothing of a flush is left in Redis but its sequence. */
const expectRedisDrained = async () => {
  expect(await harness.raw.exists(DIRTY_COUNTERS_KEY, FLUSH_INFLIGHT_KEY)).toBe(0);
  expect((await harness.raw.keys('feed:*')).filter((key) => !key.startsWith('feed:recorded:'))).toEqual([
    FLUSH_SEQUENCE_KEY,
  ]);
};

const unacknowledged = async (): Promise<number> => {
  const { rows } = await harness.pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM flush_batches WHERE acknowledged_at IS NULL',
  );
  return rows[0]?.count ?? -1;
};

describe('the flush script', () => {
  test('moves values out of their counters into a batch that stays until it is acknowledged', async () => {
    await add([keyOf(1), 4], [keyOf(2), 7], [keyOf(2, 'bookings'), 1]);
    const { batch, gone } = await flush(harness.redis, { limit: 10, callId: 'call' });
    expect(gone).toEqual([]);
    expect(batch?.batchId).toBe('call-1');
    expect(new Map(batch?.counters.map(({ key, value }) => [key, value]))).toEqual(
      new Map([
        [keyOf(1), 4],
        [keyOf(2), 7],
        [keyOf(2, 'bookings'), 1],
      ]),
    );
    expect(await harness.raw.exists(keyOf(1), keyOf(2), DIRTY_COUNTERS_KEY)).toBe(0);
    expect(await harness.raw.hgetall(flushBatchKey('call-1'))).toEqual({
      [keyOf(1)]: '4',
      [keyOf(2)]: '7',
      [keyOf(2, 'bookings')]: '1',
    });
    expect(await harness.raw.smembers(FLUSH_INFLIGHT_KEY)).toEqual(['call-1']);
    // None of a batch's keys may ever run out.
    for (const key of [flushBatchKey('call-1'), FLUSH_INFLIGHT_KEY, FLUSH_SEQUENCE_KEY]) {
      expect(await harness.raw.ttl(key)).toBe(-1);
    }
    expect(await recover(harness.redis)).toEqual([batch]);
    expect(await flush(harness.redis, { limit: 0, acknowledge: ['call-1'] })).toEqual({ batch: null, gone: [] });
    await expectRedisDrained();
    expect(await recover(harness.redis)).toEqual([]);
  });

  test('a call that arrives twice makes two batches, not one twice', async () => {
    await add([keyOf(1), 1], [keyOf(2), 1]);
    const first = await flush(harness.redis, { limit: 1, callId: 'same' });
    const second = await flush(harness.redis, { limit: 1, callId: 'same' });
    expect([first.batch?.batchId, second.batch?.batchId]).toEqual(['same-1', 'same-2']);
    expect([...(first.batch?.counters ?? []), ...(second.batch?.counters ?? [])].map(({ key }) => key).sort()).toEqual([
      keyOf(1),
      keyOf(2),
    ]);
  });

  test('an increment after the claim begins a new counter, with its own time to live', async () => {
    await add([keyOf(1), 4]);
    await flush(harness.redis, { limit: 10 });
    await add([keyOf(1), 2]);
    expect(await harness.raw.get(keyOf(1))).toBe('2');
    expect(await harness.raw.ttl(keyOf(1))).toBe(COUNTER_TTL_SECONDS);
    expect(await harness.raw.smembers(DIRTY_COUNTERS_KEY)).toEqual([keyOf(1)]);
  });

  test('members without an integer under them are removed and reported; what is no counter is not touched', async () => {
    const { raw } = harness;
    await add([keyOf(1), 4], [keyOf(2), 1]);
    await raw.del(keyOf(2));
    await raw.rpush(keyOf(3), 'x');
    await raw.set(keyOf(4), '1e5');
    await raw.set('somebody', '7');
    await raw.sadd(DIRTY_COUNTERS_KEY, keyOf(3), keyOf(4), 'somebody');
    const { batch, gone } = await flush(harness.redis, { limit: 10 });
    expect(batch?.counters).toEqual([{ key: keyOf(1), value: 4 }]);
    expect(gone.sort()).toEqual([keyOf(2), keyOf(3), keyOf(4), 'somebody'].sort());
    expect(await raw.mget(keyOf(4), 'somebody')).toEqual(['1e5', '7']);
    expect(await raw.exists(keyOf(3))).toBe(1);
    expect(await raw.exists(DIRTY_COUNTERS_KEY)).toBe(0);
  });

  test.each([
    ['the sequence', FLUSH_SEQUENCE_KEY],
    ['the set of batches in flight', FLUSH_INFLIGHT_KEY],
  ])('with %s of a wrong type nothing is claimed or lost', async (_, key) => {
    await add([keyOf(1), 4]);
    await harness.raw.hset(key, 'a', 'b');
    const reason = await flush(harness.redis, { limit: 10 }).catch((error: unknown) => error);
    expect(isRedisReplyError(reason) && reason.code).toBe('FLUSHFAULT');
    expect(await harness.raw.get(keyOf(1))).toBe('4');
    expect(await harness.raw.smembers(DIRTY_COUNTERS_KEY)).toEqual([keyOf(1)]);
    // No hash of a batch is left over.
    const others = (await harness.raw.keys('feed:flush:*')).filter(
      (name) => name !== FLUSH_SEQUENCE_KEY && name !== key,
    );
    expect(others).toEqual([]);
  });

  test('nothing dirty, no batch', async () => {
    expect(await flush(harness.redis, { limit: 10 })).toEqual({ batch: null, gone: [] });
    expect(await harness.raw.dbsize()).toBe(0);
  });
});

describe('a flush', () => {
  test('brings every counter to its row, adds to what is there, and leaves nothing behind', async () => {
    await add([keyOf(1, 'views'), 4], [keyOf(1, 'impressions'), 9], [keyOf(2, 'views', '2025-01-16'), 1]);
    expect(await runFlush()).toEqual({
      ran: true,
      batches: 1,
      recovered: 0,
      alreadyApplied: 0,
      counters: 3,
      events: 14,
      dropped: 0,
      gone: 0,
    });
    await add([keyOf(1, 'views'), 3], [keyOf(1, 'favorites'), 1]);
    await runFlush();
    expect(await countedInPostgres(harness.pool)).toEqual(
      new Map([
        [keyOf(1, 'views'), 7],
        [keyOf(1, 'impressions'), 9],
        [keyOf(1, 'favorites'), 1],
        [keyOf(2, 'views', '2025-01-16'), 1],
      ]),
    );
    await expectRedisDrained();
    expect(await unacknowledged()).toBe(0);
  });

  test('keeps counters of listings that are gone, and of keys that name none, in the batch, and applies the rest', async () => {
    const strange = 'feed:counters:locations:by-name:views:2025-01-15';
    await add([keyOf(1), 4], [keyOf(999_999), 2], [keyOf(999_999, 'bookings'), 1], [strange, 5]);
    expect(await runFlush()).toMatchObject({ batches: 1, events: 12, dropped: 3 });
    expect(await countedInPostgres(harness.pool)).toEqual(new Map([[keyOf(1), 4]]));
    const { rows } = await harness.pool.query<{ dropped: { key: string; value: number }[] }>(
      'SELECT dropped FROM flush_batches',
    );
    expect(rows[0]?.dropped.toSorted((a, b) => a.value - b.value)).toEqual([
      { key: keyOf(999_999, 'bookings'), value: 1 },
      { key: keyOf(999_999), value: 2 },
      { key: strange, value: 5 },
    ]);
    await expectRedisDrained();
  });
});

describe('exactly once', () => {
  const counts: [string, number][] = Array.from({ length: 40 }, (_, index) => [keyOf(index + 1), index + 1]);
  const expected = new Map(counts);

  test('a batch that is applied twice at once is added once', async () => {
    await add(...counts);
    const { batch } = await flush(harness.redis, { limit: 100 });
    if (!batch) throw new Error('nothing was claimed');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => applyBatch(harness.pool, batch)));
    expect(outcomes.filter(({ applied }) => applied)).toHaveLength(1);
    expect(await countedInPostgres(harness.pool)).toEqual(expected);
  });

  test('a flush may follow another at once', async () => {
    for (let times = 0; times < 50; times += 1) expect(await runFlush()).toMatchObject({ ran: true });
  });

  test('two flushes at once: one runs', async () => {
    await add(...counts);
    const others: boolean[] = [];
    const onStep = async () => void others.push((await runFlush()).ran);
    expect(await runFlush({ onStep })).toMatchObject({ ran: true, counters: counts.length });
    expect(new Set(others)).toEqual(new Set([false]));
    expect(await countedInPostgres(harness.pool)).toEqual(expected);
    await expectRedisDrained();
  });

  test('two flushes at once that both believe to hold the lease meet on the same batches: each applied once', async () => {
    await add(...counts);
    const withoutLease = () => harness.pool.query('DELETE FROM leases');
    const rival = async (): Promise<void> => {
      await withoutLease();
      const { ran } = await runFlush({ countersPerClaim: 3, onStep: async () => void (await withoutLease()) });
      if (!ran) await rival();
    };
    await Promise.all([rival(), rival(), rival(), rival()]);
    expect(await countedInPostgres(harness.pool)).toEqual(expected);
    await expectRedisDrained();
    expect(await unacknowledged()).toBe(0);
  });

  test('a flush that breaks off before any of its steps is made good by the next', async () => {
    const steps: FlushStep[] = [];
    await add(...counts);
    await runFlush({ countersPerClaim: 10, onStep: (step) => void steps.push(step) });
    expect(new Set(steps)).toEqual(new Set(['recover', 'claim', 'apply']));
    for (let dieAt = 0; dieAt < steps.length; dieAt += 1) {
      await Promise.all([harness.raw.flushall(), emptyFeedTables(harness.pool)]);
      await add(...counts);
      let step = 0;
      const onStep = () => {
        step += 1;
        if (step > dieAt) throw new Error('died');
      };
      await expect(runFlush({ countersPerClaim: 10, onStep })).rejects.toThrow('died');
      await add([keyOf(1), 100]);
      await runFlush();
      expect(await countedInPostgres(harness.pool), `died at step ${dieAt}`).toEqual(
        new Map(expected).set(keyOf(1), 101),
      );
      await expectRedisDrained();
      expect(await unacknowledged()).toBe(0);
    }
  });

  test('a connection that breaks while any command is on its way, or its answer, loses and doubles nothing', async () => {
    const proxy = await createFaultProxy({ targetPort: Number(new URL(harness.context.upstashUrl).port) });
    try {
      for (let round = 0; round < 12; round += 1) {
        await Promise.all([harness.raw.flushall(), emptyFeedTables(harness.pool)]);
        await add(...counts);
        const redis = harness.client({
          url: `http://127.0.0.1:${proxy.port}`,
          deadlineMs: 2_000,
          attemptTimeoutMs: 500,
        });
        let step = 0;
        const onStep = () => {
          step += 1;
          // After the command was sent, before its answer is read: some rounds hit the one, some the other.
          if (step === 1 + (round % 6)) setTimeout(() => proxy.cut(), round % 4);
        };
        await runFlush({ redis, countersPerClaim: 10, onStep }).catch((error: unknown) => {
          if (!isRedisUnavailable(error)) throw error;
        });
        await runFlush();
        expect(await countedInPostgres(harness.pool), `round ${round}`).toEqual(expected);
        await expectRedisDrained();
      }
    } finally {
      await proxy.stop();
    }
  });

  test('a claim whose answer was lost is found before the same flush ends', async () => {
    await add(...counts);
    let lost = 0;
    const onStep = async (step: FlushStep) => {
      if (step !== 'claim' || lost > 0) return;
      lost += 1;
      // Arrived and done, and nobody ever heard of it.
      await flush(harness.redis, { limit: 15 });
    };
    expect(await runFlush({ countersPerClaim: 100, onStep })).toMatchObject({ batches: 2, recovered: 1, counters: 40 });
    expect(await countedInPostgres(harness.pool)).toEqual(expected);
    await expectRedisDrained();
  });

  test('more batches than recover returns at once are all found', async () => {
    await add(...counts);
    for (let times = 0; times < 13; times += 1) await flush(harness.redis, { limit: 3 });
    expect(await runFlush()).toMatchObject({ recovered: 13, batches: 14 });
    expect(await countedInPostgres(harness.pool)).toEqual(expected);
    await expectRedisDrained();
  });

  test('Postgres that fails to commit leaves the batch in flight', async () => {
    await add(...counts);
    await harness.pool.query('ALTER TABLE metrics_daily RENAME TO metrics_away');
    try {
      await expect(runFlush()).rejects.toThrow(/metrics_daily/);
    } finally {
      await harness.pool.query('ALTER TABLE metrics_away RENAME TO metrics_daily');
    }
    expect((await harness.pool.query('SELECT FROM flush_batches')).rowCount).toBe(0);
    expect(await harness.raw.scard(FLUSH_INFLIGHT_KEY)).toBe(1);
    await runFlush();
    expect(await countedInPostgres(harness.pool)).toEqual(expected);
  });

  test('events that go on arriving while flushes run and die add up in the end', async () => {
    const sent = new Map<string, number>();
    const clients = Array.from({ length: 4 }, () => harness.client());
    let isOver = false;
    const visitors = clients.map(async (client, seed) => {
      for (let turn = 0; turn < 40; turn += 1) {
        const key = keyOf(1 + ((turn * 7 + seed) % 20));
        await record(client, [{ requestId: randomUUID(), events: [{ counterKey: key, amount: 1 + seed }] }]);
        sent.set(key, (sent.get(key) ?? 0) + 1 + seed);
      }
    });
    const flushes = (async () => {
      for (let round = 0; !isOver; round += 1) {
        let step = 0;
        const onStep = () => {
          step += 1;
          if (step > round % 5) throw new Error('died');
        };
        await runFlush({ countersPerClaim: 4, onStep }).catch((error: Error) => {
          if (error.message !== 'died') throw error;
        });
      }
    })();
    await Promise.all(visitors);
    isOver = true;
    await flushes;
    expect(await runFlush()).toMatchObject({ ran: true });
    expect(await countedInPostgres(harness.pool)).toEqual(sent);
    await expectRedisDrained();
  });
});

test('counters from before the index are adopted once, by a walk over all keys', async () => {
  await add([keyOf(1), 4]);
  await harness.raw.mset(keyOf(2), '7', keyOf(3, 'bookings'), '1', 'feed:counters:strange', '9', 'other', '1');
  expect(await adoptLegacyCounters(harness.redis)).toEqual({ found: 3, adopted: 2 });
  expect(await adoptLegacyCounters(harness.redis)).toEqual({ found: 3, adopted: 0 });
  await runFlush();
  expect(await countedInPostgres(harness.pool)).toEqual(
    new Map([
      [keyOf(1), 4],
      [keyOf(2), 7],
      [keyOf(3, 'bookings'), 1],
    ]),
  );
  expect(await harness.raw.mget('feed:counters:strange', 'other')).toEqual(['9', '1']);
});
