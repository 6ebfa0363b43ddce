import type { FeedSort } from '@convene/common/api';
import type { ArchiveQuery } from './archiveQuery';

/** How the backend names what an archive asks for. */
export type FeedFilters = {
  text?: string | undefined;
  city?: string | undefined;
  type?: string | undefined;
  priceMin?: number | undefined;
  priceMax?: number | undefined;
  currency?: string | undefined;
  ratingMin?: number | undefined;
  facilities?: string | undefined;
  capacityMin?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  bounds?: string | undefined;
  sort?: FeedSort | undefined;
};

export const feedFiltersOf = ({
  rating,
  capacity,
  facilities,
  bounds,
  view: _view,
  page: _page,
  ...same
}: ArchiveQuery): FeedFilters => ({
  ...same,
  ratingMin: rating,
  capacityMin: capacity,
  facilities: facilities?.join(','),
  bounds: bounds?.join(','),
});
