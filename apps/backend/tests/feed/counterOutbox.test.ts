import { randomUUID } from 'node:crypto';
import { recordedRequestKey } from '@convene/common/keys';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { relayCounterOutbox, writeCounterOutbox } from '../../src/collections/Feed/counterOutbox';
import { GroupCommit } from '../../src/collections/Feed/groupCommit';
import { type RecordRequest, record } from '../../src/collections/Feed/scripts/record';
import { RedisUnavailable } from '../../src/utils/redisErrors';
import { createHarness, emptyFeedTables, type Harness, keyOf } from './harness';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await Promise.all([harness.raw.flushall(), emptyFeedTables(harness.pool)]);
});

const now = new Date('2025-01-15T23:30:00.000Z');
const favorite = (listingId: number, userId: number, at = now) =>
  writeCounterOutbox(harness.pool, { kind: 'locations', listingId, metric: 'favorites', userId, now: at });

type Write = (requests: RecordRequest[]) => ReturnType<typeof record>;
const toRedis: Write = (requests) => record(harness.redis, requests);
const relay = (write: Write = toRedis) =>
  relayCounterOutbox({ pool: harness.pool, commit: new GroupCommit({ windowMs: 0, write }) });

const unavailable =
  (executed: 'no' | 'unknown', before?: Write): Write =>
  async (requests) => {
    await before?.(requests);
    throw new RedisUnavailable({ executed, retryAfterSeconds: 9 });
  };

const states = async (): Promise<string[]> => {
  const { rows } = await harness.pool.query<{ state: string }>(
    `SELECT CASE WHEN recorded_at IS NOT NULL THEN 'recorded' WHEN gave_up_at IS NOT NULL THEN 'gave up'
                 WHEN first_tried_at IS NOT NULL THEN 'tried' ELSE 'new' END AS state
     FROM counter_outbox ORDER BY created_at, id`,
  );
  return rows.map(({ state }) => state);
};

const makeOlder = (minutes: number) =>
  harness.pool.query('UPDATE counter_outbox SET first_tried_at = first_tried_at - make_interval(mins => $1)', [
    minutes,
  ]);

const counted = (listingId: number, metric: 'favorites' | 'bookings' = 'favorites') =>
  harness.raw.get(keyOf(listingId, metric));

describe('writing', () => {
  test('is part of the transaction: rolled back, nothing is noted', async () => {
    const client = await harness.pool.connect();
    await client.query('BEGIN');
    await writeCounterOutbox(client, { kind: 'events', listingId: 1, metric: 'bookings', userId: 7, now });
    await client.query('ROLLBACK');
    client.release();
    expect(await states()).toEqual([]);
  });

  test('notes one addition per user, listing, metric and UTC day', async () => {
    expect(await favorite(1, 7)).toBe(true);
    expect(await favorite(1, 7)).toBe(false);
    expect(await favorite(1, 8)).toBe(true);
    expect(await favorite(2, 7)).toBe(true);
    expect(await favorite(1, 7, new Date('2025-01-16T00:00:00.000Z'))).toBe(true);
    expect(
      await writeCounterOutbox(harness.pool, { kind: 'locations', listingId: 1, metric: 'bookings', userId: 7, now }),
    ).toBe(true);
    const { rows } = await harness.pool.query<{ id: string }>('SELECT id FROM counter_outbox');
    expect(rows).toHaveLength(5);
    for (const { id } of rows) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('the relay', () => {
  test('counts every row once under its own id, many by one command', async () => {
    for (let user = 1; user <= 30; user += 1) await favorite(1 + (user % 3), user);
    await writeCounterOutbox(harness.pool, { kind: 'locations', listingId: 1, metric: 'bookings', userId: 1, now });
    const before = harness.commands.total();
    expect(await relay()).toEqual({ recorded: 31, gaveUp: 0, retryInMs: undefined });
    expect(harness.commands.total() - before).toBe(1);
    expect([await counted(1), await counted(2), await counted(3), await counted(1, 'bookings')]).toEqual([
      '10',
      '10',
      '10',
      '1',
    ]);
    expect(new Set(await states())).toEqual(new Set(['recorded']));
    const { rows } = await harness.pool.query<{ id: string }>('SELECT id FROM counter_outbox LIMIT 1');
    expect(await harness.raw.get(recordedRequestKey(rows[0]?.id ?? ''))).toBe('C');
  });

  test('spends no command where nothing is noted', async () => {
    const before = harness.commands.total();
    expect(await relay()).toEqual({ recorded: 0, gaveUp: 0, retryInMs: undefined });
    expect(harness.commands.total()).toBe(before);
  });

  test('a row that certainly never reached Redis may wait for ever', async () => {
    await favorite(1, 7);
    expect(await relay(unavailable('no'))).toEqual({ recorded: 0, gaveUp: 0, retryInMs: 9_000 });
    expect(await states()).toEqual(['new']);
    await makeOlder(600);
    expect(await relay()).toMatchObject({ recorded: 1 });
    expect(await counted(1)).toBe('1');
  });

  test('a row whose answer was lost is tried again for 30 minutes, and counts once', async () => {
    await favorite(1, 7);
    await relay(unavailable('unknown', toRedis));
    expect(await states()).toEqual(['tried']);
    await makeOlder(29);
    expect(await relay()).toMatchObject({ recorded: 1, gaveUp: 0 });
    expect(await counted(1)).toBe('1');
  });

  test('and is given up after that, rather than counted twice', async () => {
    await favorite(1, 7);
    await relay(unavailable('unknown', toRedis));
    await makeOlder(31);
    expect(await relay()).toMatchObject({ recorded: 0, gaveUp: 1 });
    expect(await states()).toEqual(['gave up']);
    expect(await counted(1)).toBe('1');
  });

  test('a later certain failure does not make an uncertain one forgotten', async () => {
    await favorite(1, 7);
    await relay(unavailable('unknown', toRedis));
    await relay(unavailable('no'));
    expect(await states()).toEqual(['tried']);
  });

  test('does not forget a first try when the lease was lost during it', async () => {
    await favorite(1, 7);
    const loseLease: Write = async () => {
      await harness.pool.query("UPDATE leases SET holder = 'other'");
      return [];
    };
    await relay(unavailable('no', loseLease));
    expect(await states()).toEqual(['tried']);
  });

  test('a counter that can not be incremented ends its rows, and no others', async () => {
    await harness.raw.set(keyOf(1, 'favorites'), 'text');
    await favorite(1, 7);
    await favorite(2, 7);
    expect(await relay()).toMatchObject({ recorded: 1, gaveUp: 1 });
    expect((await states()).sort()).toEqual(['gave up', 'recorded']);
    expect(await counted(2)).toBe('1');
  });

  test('a row that nobody can read is ended', async () => {
    await harness.pool.query(
      "INSERT INTO counter_outbox (id, kind, listing_id, metric, day) VALUES ($1, 'planets', 1, 'favorites', '2025-01-15')",
      [randomUUID()],
    );
    expect(await relay()).toMatchObject({ recorded: 0, gaveUp: 1 });
    expect(await harness.raw.dbsize()).toBe(0);
  });

  test('two at once: one waits for the other', async () => {
    for (let user = 1; user <= 20; user += 1) await favorite(1, user);
    const passes = await Promise.all([relay(), relay(), relay()]);
    expect(passes.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(20);
    expect(await counted(1)).toBe('20');
  });

  test('more rows than one pass takes', async () => {
    await harness.pool.query(
      `INSERT INTO counter_outbox (id, kind, listing_id, metric, day)
       SELECT gen_random_uuid(), 'locations', 1, 'favorites', '2025-01-15' FROM generate_series(1, 450)`,
    );
    expect(await relay()).toMatchObject({ recorded: 450 });
    expect(await counted(1)).toBe('450');
  });
});
