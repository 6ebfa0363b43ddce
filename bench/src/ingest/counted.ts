import { counterKey } from '@convene/common/keys';
import { addUtcDays, utcDayOf } from '@convene/common/time';
import type { Redis } from 'ioredis';
import { LISTINGS } from './requests';

export type CountedMetric = 'views' | 'impressions';

/** What Redis holds for all listings of the bench, of today and yesterday: a run may go over midnight. */
export const countedInRedis = async (redis: Redis, metric: CountedMetric): Promise<number> => {
  const today = utcDayOf(new Date());
  const keys = [today, addUtcDays(today, -1)].flatMap((day) =>
    Array.from({ length: LISTINGS }, (_, index) =>
      counterKey({ kind: 'locations', listingId: index + 1, metric, day }),
    ),
  );
  const values = await redis.mget(keys);
  return values.reduce((sum, value) => sum + Number(value ?? 0), 0);
};
