import { randomInt } from 'node:crypto';
import { counterKey, parseCounterKey } from '@convene/common/keys';
import { utcDayOf } from '@convene/common/time';
import type { TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

const LISTINGS = 40;
/** Every so many flushes one is killed between its writes to Postgres and its DEL. */
const KILLED_EVERY = 5;

export type FoundingRun = { acknowledged: number; flushes: number; killed: number; lost: number; doubled: number };

/**
 * The founding document's flush: SCAN, MGET, one upsert a counter, DEL of all keys. What is incremented between MGET
 * and DEL is deleted with them; a process that dies before DEL leaves what it has added to be added again.
 */
const flushAsFounded = async (redis: Redis, pool: Pool, { dies }: { dies: boolean }): Promise<void> => {
  const keys: string[] = [];
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', 'feed:counters:*', 'COUNT', 100);
    cursor = next;
    keys.push(...found);
  } while (cursor !== '0');
  if (keys.length === 0) return;
  const values = await redis.mget(keys);
  for (const [index, key] of keys.entries()) {
    const counter = parseCounterKey(key);
    if (!counter) continue;
    await pool.query(
      `INSERT INTO metrics_daily AS daily (kind, listing_id, day, views) VALUES ($1, $2, $3, $4)
       ON CONFLICT (kind, listing_id, day) DO UPDATE SET views = daily.views + excluded.views`,
      [counter.kind, Number(counter.listingId), counter.day, Number(values[index] ?? 0)],
    );
  }
  if (!dies) await redis.del(keys);
};

/** Increments by INCR while such flushes run; the same sums as for Convene's, at the end. */
export const runFounding = async (context: TestContext, { events }: { events: number }): Promise<FoundingRun> => {
  const pool = new Pool({ connectionString: context.databaseUrl, max: 4 });
  const [visitors, flusher] = [new Redis(context.redisUrl), new Redis(context.redisUrl)];
  const day = utcDayOf(new Date());
  const acknowledged = new Map<string, number>();
  let [flushes, killed, isOver] = [0, 0, false];
  try {
    const sending = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let sent = 0; sent < events / 8; sent += 1) {
          const key = counterKey({ kind: 'locations', listingId: randomInt(1, LISTINGS + 1), metric: 'views', day });
          await visitors.incr(key);
          acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
        }
      }),
    ).then(() => {
      isOver = true;
    });
    while (!isOver) {
      flushes += 1;
      const dies = flushes % KILLED_EVERY === 0;
      if (dies) killed += 1;
      await flushAsFounded(flusher, pool, { dies });
    }
    await sending;
    await flushAsFounded(flusher, pool, { dies: false });
    const { rows } = await pool.query<{ id: number; views: number }>(
      'SELECT listing_id::int AS id, views::int FROM metrics_daily',
    );
    const counted = new Map(
      rows.map(({ id, views }) => [counterKey({ kind: 'locations', listingId: id, metric: 'views', day }), views]),
    );
    const differences = [...acknowledged].map(([key, value]) => (counted.get(key) ?? 0) - value);
    const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    return {
      acknowledged: sumOf([...acknowledged.values()]),
      flushes,
      killed,
      lost: -sumOf(differences.filter((difference) => difference < 0)),
      doubled: sumOf(differences.filter((difference) => difference > 0)),
    };
  } finally {
    visitors.disconnect();
    flusher.disconnect();
    await pool.end();
  }
};
