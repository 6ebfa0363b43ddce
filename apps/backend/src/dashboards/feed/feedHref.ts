import { listingKindSchema } from '@convene/common/listings';
import { z } from 'zod';
import { daysSchema } from '../components/utcDays';
import { topQuerySchema } from './readTopListings';

/** What the address of the page says; what makes no sense is left out of account. */
export const feedQuerySchema = z.object({
  days: daysSchema.catch(30),
  span: topQuerySchema.shape.span.catch('30d'),
  by: topQuerySchema.shape.by.catch('views'),
  kind: listingKindSchema.optional().catch(undefined),
  listing: z.coerce.number().int().positive().optional().catch(undefined),
  find: z.string().trim().min(1).max(100).optional().catch(undefined),
});
export type FeedQuery = z.output<typeof feedQuerySchema>;

/** The address of the page with some of it changed. */
export const feedHref = (query: Partial<FeedQuery>, anchor = ''): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return `/admin/feed${search.size ? `?${search}` : ''}${anchor}`;
};
