import type { FeedSort } from '@convene/common/api';
import type { Currency, ListingKind } from '@convene/common/listings';
import type { Bounds } from './bounds';

/** What narrows an archive. Prices are in minor units, days are `2026-05-31`. */
export type ArchiveFilters = {
  text?: string | undefined;
  city?: string | undefined;
  type?: string | undefined;
  priceMin?: number | undefined;
  priceMax?: number | undefined;
  /** Stands beside a price, and only there. */
  currency?: Currency | undefined;
  /** The least average. */
  rating?: number | undefined;
  /** In order, each once; a location has them all. */
  facilities?: string[] | undefined;
  /** People, at least. */
  capacity?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  bounds?: Bounds | undefined;
};

/** What the address of an archive says. What is not there is the default: by rank or relevance, a list, page one. */
export type ArchiveQuery = ArchiveFilters & {
  sort?: FeedSort | undefined;
  view?: 'map' | undefined;
  page?: number | undefined;
};

/** The names in the address, in the order in which they stand there and in the form. */
export const archiveParams = [
  'text',
  'sort',
  'city',
  'type',
  'from',
  'to',
  'priceMin',
  'priceMax',
  'currency',
  'capacity',
  'rating',
  'facilities',
  'view',
  'bounds',
  'page',
] as const satisfies (keyof ArchiveQuery)[];
export type ArchiveParam = (typeof archiveParams)[number];

/** What only some kinds have, and so only their archives are asked for. */
const paramsOfSomeKinds: Partial<Record<ArchiveParam, readonly ListingKind[]>> = {
  facilities: ['locations'],
  capacity: ['locations', 'events'],
  from: ['events'],
  to: ['events'],
};

export const kindHasParam = (kind: ListingKind, param: ArchiveParam): boolean =>
  paramsOfSomeKinds[param]?.includes(kind) ?? true;

/** The orders that make sense for an archive, its default first. */
export const sortsOf = (kind: ListingKind, { text }: Pick<ArchiveFilters, 'text'>): FeedSort[] => [
  ...(text ? (['relevance'] as const) : []),
  'rank',
  'newest',
  ...(kind === 'events' ? (['soonest'] as const) : []),
  'price-asc',
  'price-desc',
  'rating',
];

/** Does nothing but city, type and page narrow it? Such an archive is a landing page. */
export const isPlain = ({ city: _city, type: _type, page: _page, ...rest }: ArchiveQuery): boolean =>
  Object.values(rest).every((value) => value === undefined);

/** Is it narrowed by anything, whatever the order and the view? */
export const filtersOf = ({ sort: _sort, view: _view, page: _page, ...filters }: ArchiveQuery): ArchiveFilters =>
  filters;
