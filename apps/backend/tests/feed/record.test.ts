import { randomUUID } from 'node:crypto';
import {
  COUNTER_TTL_SECONDS,
  DIRTY_COUNTERS_KEY,
  RECORDED_TTL_SECONDS,
  recordedRequestKey,
  viewDedupeKey,
} from '@convene/common/keys';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CounterEvent, type RecordRequest, record } from '../../src/collections/Feed/scripts/record';
import { isRedisReplyError } from '../../src/utils/redisErrors';
import { createHarness, type Harness, keyOf, monitored } from './harness';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness({ template: 'empty' });
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await harness.raw.flushall();
});

const dedupeKey = (listingId: number, userId: string) =>
  viewDedupeKey({ kind: 'locations', listingId, day: '2025-01-15', identifier: { type: 'user', userId } });
const view = (listingId: number, userId: string): CounterEvent => ({
  counterKey: keyOf(listingId),
  dedupe: { key: dedupeKey(listingId, userId), ttlSeconds: 5_000 },
});
const bump = (listingId: number, amount = 1): CounterEvent => ({ counterKey: keyOf(listingId, 'impressions'), amount });
const requestOf = (...events: CounterEvent[]): RecordRequest => ({ requestId: randomUUID(), events });
const write = (...requests: RecordRequest[]) => record(harness.redis, requests);

describe('what is written', () => {
  test('a view: counter, dedupe key, dirty set and verdicts, each with its time to live', async () => {
    const request = requestOf(view(1, 'ana'));
    expect(await write(request)).toEqual([['counted']]);
    const { raw } = harness;
    expect(await raw.get(keyOf(1))).toBe('1');
    expect(await raw.ttl(keyOf(1))).toBe(COUNTER_TTL_SECONDS);
    expect(await raw.get(dedupeKey(1, 'ana'))).toBe('1');
    expect(await raw.ttl(dedupeKey(1, 'ana'))).toBe(5_000);
    expect(await raw.smembers(DIRTY_COUNTERS_KEY)).toEqual([keyOf(1)]);
    expect(await raw.ttl(DIRTY_COUNTERS_KEY)).toBe(-1);
    expect(await raw.get(recordedRequestKey(request.requestId))).toBe('C');
    expect(await raw.ttl(recordedRequestKey(request.requestId))).toBe(RECORDED_TTL_SECONDS);
    expect(await raw.dbsize()).toBe(4);
  });

  test('a counter keeps the time to live of its first increment', async () => {
    await write(requestOf(bump(1)));
    await harness.raw.expire(keyOf(1, 'impressions'), 100);
    await write(requestOf(bump(1, 4)));
    expect(await harness.raw.get(keyOf(1, 'impressions'))).toBe('5');
    expect(await harness.raw.ttl(keyOf(1, 'impressions'))).toBeLessThanOrEqual(100);
  });

  test('a second view of the same visitor is a duplicate, one of another counts', async () => {
    expect(await write(requestOf(view(1, 'ana'), view(1, 'ana'), view(1, 'bob')))).toEqual([
      ['counted', 'duplicate', 'counted'],
    ]);
    expect(await write(requestOf(view(1, 'ana')))).toEqual([['duplicate']]);
    expect(await harness.raw.get(keyOf(1))).toBe('2');
  });

  test('several requests at once, views and bumps mixed, each with verdicts of its own', async () => {
    const verdicts = await write(
      requestOf(view(1, 'ana'), bump(2, 3)),
      requestOf(view(1, 'ana'), view(2, 'ana')),
      requestOf(bump(2)),
    );
    expect(verdicts).toEqual([['counted', 'counted'], ['duplicate', 'counted'], ['counted']]);
    expect(await harness.raw.mget(keyOf(1), keyOf(2), keyOf(2, 'impressions'))).toEqual(['1', '1', '4']);
    expect((await harness.raw.smembers(DIRTY_COUNTERS_KEY)).sort()).toEqual(
      [keyOf(1), keyOf(2), keyOf(2, 'impressions')].sort(),
    );
  });

  test('500 requests of one view each, in one command', async () => {
    const requests = Array.from({ length: 500 }, (_, index) => requestOf(view(index + 1, 'ana')));
    const { client } = await monitored(harness.raw, () => write(...requests));
    expect(client).toHaveLength(1);
    expect(await harness.raw.scard(DIRTY_COUNTERS_KEY)).toBe(500);
    expect(await harness.raw.dbsize()).toBe(1 + 3 * 500);
  });
});

describe('a request that comes again', () => {
  test('is answered as the first time and counts nothing, also within one call', async () => {
    const request = requestOf(view(1, 'ana'), view(1, 'ana'), bump(1, 2));
    const first = await write(request, request);
    expect(first).toEqual([
      ['counted', 'duplicate', 'counted'],
      ['counted', 'duplicate', 'counted'],
    ]);
    expect(await write(request)).toEqual([first[0]]);
    expect(await write(requestOf(bump(1)), request)).toEqual([['counted'], first[0]]);
    expect(await harness.raw.get(keyOf(1))).toBe('1');
    expect(await harness.raw.get(keyOf(1, 'impressions'))).toBe('3');
  });

  test('counts once however many clients send it at once', async () => {
    const request = requestOf(view(1, 'ana'), bump(1));
    const clients = Array.from({ length: 8 }, () => harness.client());
    const answers = await Promise.all(
      clients.flatMap((client) => [record(client, [request]), record(client, [request])]),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['[["counted","counted"]]']));
    expect(await harness.raw.mget(keyOf(1), keyOf(1, 'impressions'))).toEqual(['1', '1']);
  });

  test('many visitors at once are each counted once', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => record(harness.redis, [requestOf(view(1, `u${index % 30}`), bump(1))])),
    );
    expect(await harness.raw.mget(keyOf(1), keyOf(1, 'impressions'))).toEqual(['30', '60']);
  });
});

describe('faults', () => {
  const faulty: [string, (key: string) => Promise<unknown>][] = [
    ['a list', (key) => harness.raw.rpush(key, 'x')],
    ['a hash', (key) => harness.raw.hset(key, 'a', 'b')],
    ['text', (key) => harness.raw.set(key, 'many')],
    ['the largest number', (key) => harness.raw.set(key, '9223372036854775807')],
  ];

  test.each(faulty)(
    'a counter that holds %s fails its own events, whose views may be counted later',
    async (_, put) => {
      await put(keyOf(1));
      const before = await harness.raw.dump(keyOf(1));
      const verdicts = await write(requestOf(view(1, 'ana'), view(1, 'ana'), view(2, 'ana'), bump(1)));
      expect(verdicts).toEqual([['failed', 'failed', 'counted', 'counted']]);
      expect(await harness.raw.dump(keyOf(1))).toEqual(before);
      expect(await harness.raw.exists(dedupeKey(1, 'ana'))).toBe(0);
      expect(await harness.raw.sismember(DIRTY_COUNTERS_KEY, keyOf(1))).toBe(0);
      await harness.raw.del(keyOf(1));
      expect(await write(requestOf(view(1, 'ana')))).toEqual([['counted']]);
    },
  );

  test('a dedupe key of another type is taken for a view that was counted', async () => {
    await harness.raw.rpush(dedupeKey(1, 'ana'), 'x');
    expect(await write(requestOf(view(1, 'ana')))).toEqual([['duplicate']]);
    expect(await harness.raw.exists(keyOf(1))).toBe(0);
  });

  test('a dirty set of another type undoes the whole call; mended, the same requests count', async () => {
    const { raw } = harness;
    await write(requestOf(bump(1, 10)));
    await raw.rename(DIRTY_COUNTERS_KEY, 'aside');
    await raw.set(DIRTY_COUNTERS_KEY, 'not a set');
    const before = await raw.keys('*');
    const requests = [requestOf(view(1, 'ana'), bump(1, 5)), requestOf(view(2, 'bob'))];
    const reason = await write(...requests).catch((error: unknown) => error);
    expect(isRedisReplyError(reason) && reason.code).toBe('RECORDFAULT');
    expect((await raw.keys('*')).sort()).toEqual(before.sort());
    expect(await raw.get(keyOf(1, 'impressions'))).toBe('10');
    await raw.del(DIRTY_COUNTERS_KEY);
    expect(await write(...requests)).toEqual([['counted', 'counted'], ['counted']]);
    expect(await raw.get(keyOf(1, 'impressions'))).toBe('15');
  });

  test('amounts and times to live that are none are refused before anything is sent', async () => {
    for (const amount of [0, -1, 1.5, Number.NaN])
      await expect(write(requestOf(bump(1, amount)))).rejects.toThrow(RangeError);
    expect(await harness.raw.dbsize()).toBe(0);
  });
});
