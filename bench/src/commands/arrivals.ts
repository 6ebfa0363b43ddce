import { type ListingKind, listingKinds } from '@convene/common/listings';
import { DAY_MS } from '@convene/common/time';
import type { Day } from './days';
import { exponential, type Random, seededRandom, seededUuid, wholeBelow } from './random';

export type ListingOfDay = { kind: ListingKind; listingId: number };

/** What one request of a day brings to the backend. */
export type Arrival = { atMs: number; requestId: string } & (
  | { type: 'view'; listing: ListingOfDay; sessionId: string }
  | { type: 'impressions' | 'favorite' | 'booking'; listings: ListingOfDay[] }
);

/** How busy the site is at a time of the day, relative to other times. */
export type Profile = (hour: number) => number;

/** One wave: quiet at three in the night, busiest at three in the afternoon. */
export const waveProfile: Profile = (hour) => 1 - 0.97 * Math.cos((2 * Math.PI * (hour - 3)) / 24);
export const evenProfile: Profile = () => 1;

const LISTINGS_PER_KIND = 400;
/** The cards of a page, reported by one request. */
export const IMPRESSIONS_PER_REQUEST = 20;
const FAVORITES_SHARE = 0.06;
const BOOKINGS_SHARE = 0.02;
/** Most who look twice do so soon. */
const RETURN_AFTER_MS = 30 * 60_000;

const hourOf = (ms: number): number => ms / 3_600_000;

/** A moment of the day, in milliseconds from its beginning. */
const moment = (random: Random, profile: Profile): number => {
  for (;;) {
    const atMs = random() * DAY_MS;
    // No profile here rises above 2.
    if (random() * 2 < profile(hourOf(atMs))) return atMs;
  }
};

/** Independent moments of a day, ascending: a Poisson process with that many events. */
export const momentsOfDay = ({
  count,
  seed,
  profile = waveProfile,
}: {
  count: number;
  seed: number;
  profile?: Profile;
}): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => moment(random, profile)).sort((a, b) => a - b);
};

/** How the increments of a day that are no views are shared out. */
export const otherIncrements = ({ increments, views }: Pick<Day, 'increments' | 'views'>) => {
  const others = increments - views;
  const favorites = Math.round(others * FAVORITES_SHARE);
  const bookings = Math.round(others * BOOKINGS_SHARE);
  return { favorites, bookings, impressions: others - favorites - bookings };
};

/** All requests of a day that count something, in time. The same for the same seed. */
export const arrivalsOfDay = (
  day: Pick<Day, 'increments' | 'views' | 'duplicateViews'>,
  { seed, profile = waveProfile }: { seed: number; profile?: Profile },
): Arrival[] => {
  const random = seededRandom(seed);
  const listing = (): ListingOfDay => ({
    kind: listingKinds[wholeBelow(random, listingKinds.length)] ?? 'locations',
    listingId: 1 + wholeBelow(random, LISTINGS_PER_KIND),
  });
  const arrivals: Arrival[] = [];
  for (let visitor = 0; visitor < day.views; visitor += 1) {
    arrivals.push({
      atMs: moment(random, profile),
      requestId: seededUuid(random),
      type: 'view',
      listing: listing(),
      sessionId: `s${visitor}`,
    });
  }
  for (let duplicate = 0; duplicate < day.duplicateViews; duplicate += 1) {
    const first = arrivals[wholeBelow(random, day.views)];
    if (first?.type !== 'view') throw new RangeError('a day without views has no duplicates');
    const atMs = Math.min(DAY_MS - 1, first.atMs + exponential(random, RETURN_AFTER_MS));
    arrivals.push({ ...first, atMs, requestId: seededUuid(random) });
  }
  const { impressions, favorites, bookings } = otherIncrements(day);
  const add = (type: 'impressions' | 'favorite' | 'booking', count: number) => {
    const listings = Array.from({ length: count }, listing);
    arrivals.push({ atMs: moment(random, profile), requestId: seededUuid(random), type, listings });
  };
  for (let left = impressions; left > 0; left -= IMPRESSIONS_PER_REQUEST) {
    add('impressions', Math.min(left, IMPRESSIONS_PER_REQUEST));
  }
  for (let at = 0; at < favorites; at += 1) add('favorite', 1);
  for (let at = 0; at < bookings; at += 1) add('booking', 1);
  return arrivals.sort((a, b) => a.atMs - b.atMs);
};

export const listingsPerKind = LISTINGS_PER_KIND;
