import type { ListingCard, ListingDetail } from '@convene/common/api';
import { isConveneError } from '@/lib/backend/errors';
import { getFeed } from './reads';

const WANTED = 8;
const ENOUGH = 3;

/** The best of the same type in the same city; where these are few, of the same type, then of the same kind. */
export const similarListings = async ({ kind, id, city, type }: ListingDetail): Promise<ListingCard[]> => {
  const searches = [
    { city: city?.slug, type: type?.slug },
    { city: undefined, type: type?.slug },
    { city: undefined, type: undefined },
  ];
  let best: ListingCard[] = [];
  for (const search of searches) {
    const found = await searchFeed({ kind, ...search });
    const others = found.filter((other) => other.id !== id).slice(0, WANTED);
    if (others.length >= ENOUGH) return others;
    if (others.length > best.length) best = others;
  }
  return best;
};

/** They are an extra: a page without them is better than none. */
const searchFeed = async (query: Pick<Parameters<typeof getFeed>[0], 'kind' | 'city' | 'type'>) => {
  try {
    return (await getFeed({ ...query, page: 1, pageSize: WANTED + 1 })).items;
  } catch (error) {
    if (isConveneError(error)) return [];
    throw error;
  }
};
