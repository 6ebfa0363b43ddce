import type { ListingKind } from '@convene/common/listings';
import { z } from 'zod';

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const slugSchema = z.preprocess(
  first,
  z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .optional()
    .catch(undefined),
);

export const archiveFiltersSchema = z.object({
  city: slugSchema,
  type: slugSchema,
  page: z.preprocess(first, z.coerce.number().int().min(1).max(500).catch(1)),
});
export type ArchiveFilters = { city?: string | undefined; type?: string | undefined; page?: number | undefined };

/** The address of an archive with its filters; what is not filtered and the first page leave no trace in it. */
export const archiveUrl = (kind: ListingKind, { city, type, page }: ArchiveFilters = {}): string => {
  const query = new URLSearchParams();
  if (city) query.set('city', city);
  if (type) query.set('type', type);
  if (page && page > 1) query.set('page', String(page));
  const text = query.toString();
  return text ? `/${kind}?${text}` : `/${kind}`;
};
