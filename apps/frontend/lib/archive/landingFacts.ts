import type { FeedAnswer, ListingCard, Price } from '@convene/common/api';

/** What can be said of a city's or type's listings by numbers; null where there is nothing to say. */
export type LandingFacts = {
  total: number;
  totalIsExact: boolean;
  /** The mean of the ratings, weighed by their numbers. */
  rating: { average: number; reviews: number } | null;
  cheapest: Price | null;
  /** Types (or cities) and how many of the best listings are of them, the most first. */
  types: Named[];
  cities: Named[];
  mostGuests: number | null;
  nextEvent: NonNullable<ListingCard['event']> | null;
};
export type Named = { slug: string; name: string; count: number };

const counted = (all: ({ slug: string; name: string } | null)[]): Named[] => {
  const bySlug = new Map<string, Named>();
  for (const one of all) {
    if (!one) continue;
    const { slug, name } = one;
    bySlug.set(slug, { slug, name, count: (bySlug.get(slug)?.count ?? 0) + 1 });
  }
  return [...bySlug.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
};

/** Prices of different currencies or units can't be compared: the least of those that most listings have. */
const cheapestOf = (prices: (Price | null)[]): Price | null => {
  const bySort = new Map<string, Price[]>();
  for (const price of prices) {
    if (!price || price.amountMinor === 0) continue;
    const sort = `${price.currency} ${price.unit}`;
    bySort.set(sort, [...(bySort.get(sort) ?? []), price]);
  }
  const usual = [...bySort.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  return usual.toSorted((a, b) => a.amountMinor - b.amountMinor)[0] ?? null;
};

const ratingOf = (items: ListingCard[]): LandingFacts['rating'] => {
  const reviews = items.reduce((sum, { rating }) => sum + (rating?.count ?? 0), 0);
  if (reviews === 0) return null;
  const stars = items.reduce((sum, { rating }) => sum + (rating ? rating.average * rating.count : 0), 0);
  return { average: stars / reviews, reviews };
};

/** Sums up the listings of a landing page: all of them where `items` are all, else the best. */
export const landingFacts = ({ items, total, totalIsExact }: FeedAnswer): LandingFacts => {
  const capacities = items.flatMap(({ capacity }) => capacity ?? []);
  const events = items.flatMap(({ event }) => (event && event.status === 'upcoming' ? [event] : []));
  return {
    total,
    totalIsExact,
    rating: ratingOf(items),
    cheapest: cheapestOf(items.map(({ price }) => price)),
    types: counted(items.map(({ type }) => type)),
    cities: counted(items.map(({ city }) => city)),
    mostGuests: capacities.length > 0 ? Math.max(...capacities) : null,
    nextEvent: events.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))[0] ?? null,
  };
};

type Placed = { slug: string; point?: [number, number] | null | undefined };

/** Kilometres between two points, near enough to tell the nearer one. */
const distance = (
  [longitude, latitude]: [number, number],
  [otherLongitude, otherLatitude]: [number, number],
): number => {
  const squeeze = Math.cos((((latitude + otherLatitude) / 2) * Math.PI) / 180);
  return Math.hypot((longitude - otherLongitude) * squeeze, latitude - otherLatitude) * 111;
};

/** The cities nearest to one; where nobody has said where it is, in the order given. */
export const nearestCities = <City extends Placed>(cities: City[], slug: string, most: number): City[] => {
  const here = cities.find((city) => city.slug === slug)?.point;
  const others = cities.filter((city) => city.slug !== slug);
  const far = (city: City): number => (here && city.point ? distance(here, city.point) : Number.POSITIVE_INFINITY);
  return others.toSorted((a, b) => far(a) - far(b) || 0).slice(0, most);
};
