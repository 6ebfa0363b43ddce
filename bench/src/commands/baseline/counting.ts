import type { UtcDay } from '@convene/common/time';
import type { Redis } from '@upstash/redis';
import type { Arrival } from '../arrivals';
import { bumpBooking, bumpFavorite, bumpImpression, recordView } from './counters';

/** Requests under way at once: the day is compressed, its commands are the same. */
const AT_ONCE = 16;

const bumps = { impressions: bumpImpression, favorite: bumpFavorite, booking: bumpBooking } as const;

/** One request by the founding document's design; tells how many increments it made. */
export const countOne = async (redis: Redis, arrival: Arrival, date: UtcDay): Promise<number> => {
  if (arrival.type === 'view') {
    const { listing, sessionId } = arrival;
    return (await recordView(redis, { ...listing, date, sessionId })) ? 1 : 0;
  }
  const bump = bumps[arrival.type];
  for (const listing of arrival.listings) await bump(redis, { ...listing, date });
  return arrival.listings.length;
};

/** All requests of a day; tells how many increments they made. */
export const playBaselineDay = async (redis: Redis, arrivals: Arrival[], date: UtcDay): Promise<number> => {
  let next = 0;
  let counted = 0;
  const work = async (): Promise<void> => {
    for (let arrival = arrivals[next]; arrival; arrival = arrivals[next]) {
      next += 1;
      const increments = await countOne(redis, arrival, date);
      counted += increments;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return counted;
};
