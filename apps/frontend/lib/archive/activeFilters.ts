import { type ArchiveFilters, type ArchiveQuery, filtersOf } from './archiveQuery';

type Name = Exclude<keyof ArchiveFilters, 'currency'>;

/** One filter that is on, and the archive without it, from its first page. */
export type ActiveFilter = { name: Name; value: string; without: ArchiveQuery };

const names = [
  'text',
  'city',
  'type',
  'from',
  'to',
  'priceMin',
  'priceMax',
  'capacity',
  'rating',
  'facilities',
  'bounds',
] as const satisfies Name[];

const withoutPrice = (query: ArchiveQuery): ArchiveQuery =>
  query.priceMin === undefined && query.priceMax === undefined ? { ...query, currency: undefined } : query;

/** Without words nothing is relevant, and the rank is the usual order. */
const withoutRelevance = (query: ArchiveQuery): ArchiveQuery =>
  query.text || (query.sort !== 'relevance' && query.sort !== 'rank') ? query : { ...query, sort: undefined };

const present = (query: ArchiveQuery): ArchiveQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

const drop = (query: ArchiveQuery, change: ArchiveQuery): ArchiveQuery =>
  present(withoutRelevance(withoutPrice({ ...query, page: undefined, ...change })));

/** The filters that are on, in the order of the form; every facility is one of its own. */
export const activeFilters = (query: ArchiveQuery): ActiveFilter[] =>
  names.flatMap((name): ActiveFilter[] => {
    if (name === 'facilities') {
      const { facilities = [] } = query;
      return facilities.map((value) => {
        const left = facilities.filter((other) => other !== value);
        return { name, value, without: drop(query, { facilities: left.length > 0 ? left : undefined }) };
      });
    }
    const value = query[name];
    if (value === undefined) return [];
    return [{ name, value: String(value), without: drop(query, { [name]: undefined }) }];
  });

/** The archive with nothing but its view and order. */
export const withoutFilters = (query: ArchiveQuery): ArchiveQuery => {
  const { view, sort } = query;
  return present(withoutRelevance({ view, sort }));
};

export const countOfFilters = (query: ArchiveQuery): number => activeFilters(filtersOf(query)).length;
