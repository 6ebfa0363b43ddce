import type { FeedAnswer, ListingAnswer, Taxonomies } from '@convene/common/api';

/** What a backend without listings answers: how much there is changes no number of commands. */
export const backendAnswer = (url: URL): FeedAnswer | Taxonomies | ListingAnswer => {
  if (url.pathname === '/api/taxonomies') return { cities: [], types: [], facilities: [] };
  if (url.pathname === '/api/feed') {
    const pageSize = Number(url.searchParams.get('pageSize'));
    return { items: [], page: Number(url.searchParams.get('page')), pageSize, total: 0, totalIsExact: true };
  }
  return { movedTo: { kind: 'locations', slug: 'elsewhere' } };
};
