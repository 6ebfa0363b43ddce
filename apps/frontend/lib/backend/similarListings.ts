import type { ListingCard, ListingDetail } from '@convene/common/api';
import { isConveneError } from '@/lib/backend/errors';
import { type FeedRequest, getFeed } from './reads';

const WANTED = 8;

type Search = Pick<FeedRequest, 'kind' | 'city' | 'type'>;

/** From what is most alike to what is at least of the same kind. */
const searchesFor = ({ kind, city, type }: ListingDetail): Search[] => [
  ...(city && type ? [{ kind, city: city.slug, type: type.slug }] : []),
  ...(city ? [{ kind, city: city.slug }] : []),
  ...(type ? [{ kind, type: type.slug }] : []),
  { kind },
];

/**
 * Of the same kind: first the best of the same type in the same city, then of the city, then of the type, then of all,
 * each once, as the feed ranks them, until there are enough. Never the listing itself, nor an event that is off.
 */
export const similarListings = async (
  listing: ListingDetail,
  search: (query: Search) => Promise<ListingCard[]> = searchFeed,
): Promise<ListingCard[]> => {
  const found = new Map<number, ListingCard>();
  for (const query of searchesFor(listing)) {
    for (const other of await search(query)) {
      const isOff = other.event?.status === 'cancelled' || other.event?.status === 'finished';
      if (other.id !== listing.id && !isOff && found.size < WANTED) found.set(other.id, other);
    }
    if (found.size === WANTED) break;
  }
  return [...found.values()];
};

/** They are an extra: a page without them is better than none. */
const searchFeed = async (query: Search): Promise<ListingCard[]> => {
  try {
    return (await getFeed({ ...query, page: 1, pageSize: 2 * WANTED })).items;
  } catch (error) {
    if (isConveneError(error)) return [];
    throw error;
  }
};
