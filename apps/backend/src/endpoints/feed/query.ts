import type { feedQuerySchema } from '@convene/common/api';
import type { z } from 'zod';

export type FeedPageQuery = z.output<typeof feedQuerySchema>;
/** What a page of the feed is a page of. */
export type FeedFilters = Omit<FeedPageQuery, 'page' | 'pageSize'>;
