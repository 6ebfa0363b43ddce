import { parseInput } from '@convene/common/errors';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import { idOfPath } from '../byId';

export type OwnListingPath = { kind: string; id: string };

/** @throws ConveneError invalid-input where the path names no listing */
export const ownListingOfPath = async (
  params: Promise<OwnListingPath>,
): Promise<{ kind: ListingKind; id: number }> => ({
  kind: parseInput(listingKindSchema, (await params).kind, 'The kind of listing'),
  id: await idOfPath(params),
});
