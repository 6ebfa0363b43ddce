import type { ListingKind } from '@convene/common/listings';
import type { Metric } from '@convene/common/metrics';
import type { Redis } from '@upstash/redis';

/*
 * The founding document's counters: what Convene is measured against, with the document's commands, keys and defects.
 */

const COUNTER_TTL_SECONDS = 604_800;
const SCAN_COUNT = 100;

const INCR_WITH_EXPIRE = `
local key = KEYS[1]
local expiration = tonumber(ARGV[1])
local current = redis.call('INCR', key)
if current == 1 then
  redis.call('EXPIRE', key, expiration)
end
return current`;

export type BaselineEvent = { kind: ListingKind; listingId: number; date: string };

const keyOf = ({ kind, listingId, date }: BaselineEvent, metric: Metric): string =>
  `feed:counters:${kind}:${listingId}:${metric}:${date}`;

/** One EVAL: INCR, and EXPIRE the first time. */
export const incrWithExpire = (redis: Redis, key: string): Promise<unknown> =>
  redis.eval(INCR_WITH_EXPIRE, [key], [COUNTER_TTL_SECONDS]);

const bump = (metric: Metric) => (redis: Redis, event: BaselineEvent) => incrWithExpire(redis, keyOf(event, metric));

export const bumpView = bump('views');
export const bumpFavorite = bump('favorites');
export const bumpBooking = bump('bookings');
export const bumpImpression = bump('impressions');

/** SET NX EX until the end of the local day and an hour: local, as the document has it. */
export const shouldRecordView = async (
  redis: Redis,
  { kind, listingId, date, sessionId }: BaselineEvent & { sessionId: string },
): Promise<boolean> => {
  const now = new Date();
  const endOfDay = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const ttlSeconds = Math.floor((endOfDay.getTime() - now.getTime()) / 1000) + 3600;
  const dedupeKey = `metrics:view:${kind}:${listingId}:${date}:session:${sessionId}`;
  return (await redis.set(dedupeKey, '1', { ex: ttlSeconds, nx: true })) !== null;
};

export const recordView = async (redis: Redis, event: BaselineEvent & { sessionId: string }): Promise<boolean> => {
  if (!(await shouldRecordView(redis, event))) return false;
  await bumpView(redis, event);
  return true;
};

/** SCAN over all keys, one MGET, one DEL; hands the values to `save` in between. Tells how many counters there were. */
export const flushCountersToDaily = async (
  redis: Redis,
  save: (counters: { key: string; value: number }[]) => Promise<void>,
): Promise<number> => {
  const keys: string[] = [];
  let cursor = '0';
  do {
    const [next, batch] = await redis.scan(cursor, { match: 'feed:counters:*', count: SCAN_COUNT });
    cursor = String(next);
    keys.push(...batch);
  } while (cursor !== '0');
  if (keys.length === 0) return 0;
  const values = await redis.mget<(number | null)[]>(...keys);
  await save(keys.map((key, index) => ({ key, value: Number(values[index] ?? 0) })));
  await redis.del(...keys);
  return keys.length;
};
