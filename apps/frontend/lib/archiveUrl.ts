import type { ListingKind } from '@convene/common/listings';
import { type ArchiveQuery, archiveParams, isPlain } from './archive/archiveQuery';

const inUnits = (amountMinor: number | undefined): string | undefined =>
  amountMinor === undefined ? undefined : String(amountMinor / 100);

const textsOf = (query: ArchiveQuery): Record<string, string | undefined> => ({
  ...query,
  priceMin: inUnits(query.priceMin),
  priceMax: inUnits(query.priceMax),
  rating: query.rating?.toString(),
  capacity: query.capacity?.toString(),
  facilities: query.facilities?.join(','),
  bounds: query.bounds?.join(','),
  page: query.page && query.page > 1 ? String(query.page) : undefined,
});

/** What follows the question mark; what is not asked for leaves no trace in it. Commas stay readable. */
export const archiveSearch = (query: ArchiveQuery): string => {
  const texts = textsOf(query);
  const search = new URLSearchParams();
  for (const param of archiveParams) {
    const text = texts[param];
    if (text) search.set(param, text);
  }
  return search.toString().replaceAll('%2C', ',');
};

const withSearch = (path: string, query: ArchiveQuery): string => {
  const search = archiveSearch(query);
  return search ? `${path}?${search}` : path;
};

const landingPath = (kind: ListingKind, { city, type }: Pick<ArchiveQuery, 'city' | 'type'>): string =>
  `/${kind}${type ? `/type/${type}` : ''}${city ? `/in/${city}` : ''}`;

/** The address of an archive: where only city and type narrow it, that of their landing page. */
export const archiveUrl = (kind: ListingKind, query: ArchiveQuery = {}): string =>
  isPlain(query) ? withSearch(landingPath(kind, query), { page: query.page }) : withSearch(`/${kind}`, query);
