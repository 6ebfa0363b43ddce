import type { FeedSort, feedQuerySchema, mapQuerySchema } from '@convene/common/api';
import type { z } from 'zod';

export type FeedPageQuery = z.output<typeof feedQuerySchema>;
/** What a page of the feed is a page of. */
export type FeedFilters = Omit<FeedPageQuery, 'page' | 'pageSize'>;
export type MapFilters = z.output<typeof mapQuerySchema>;

/** The order that a query means. */
export const sortOf = ({ sort, text }: Pick<FeedFilters, 'sort' | 'text'>): FeedSort =>
  sort ?? (text === undefined ? 'rank' : 'relevance');

const ofSegments: readonly string[] = ['kind', 'city', 'type', 'sort', 'page', 'pageSize'];

/** Is it a segment, of which there are few? Of what other filters find there is no end. */
export const isSegment = (query: FeedFilters): boolean =>
  Object.entries(query).every(([filter, value]) => value === undefined || ofSegments.includes(filter));

/** A name for what was asked, the same however the parameters were ordered. Values that are lists stay whole. */
export const keyOf = (filters: FeedFilters | MapFilters): string =>
  JSON.stringify(filters, Object.keys(filters).toSorted());
