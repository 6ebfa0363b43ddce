import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import { z } from 'zod';

export type ListingRef = { kind: ListingKind; id: number };

const rowSchema = z.object({ kind: listingKindSchema, listingId: z.number().int().positive() });

/** The listing that a row is about. */
export const listingRefOf = (row: { kind: string; listingId: number }): ListingRef => {
  const { kind, listingId } = rowSchema.parse(row);
  return { kind, id: listingId };
};
