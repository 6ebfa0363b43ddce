import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { PayloadRequest } from 'payload';
import type { Event, Location, Service, User } from '../../../payload-types';
import { idOf } from '../../../utils/related';
import { sqlOfRequest } from '../../../utils/sqlOfRequest';

export type Listing = Location | Event | Service;

/** What the address of an owner's listing leads to where it is not theirs: nobody learns whether there is one. */
export const noSuchListing = (): ConveneError => new ConveneError('not-found', 'You have no such listing.');

/**
 * The newest version of a person's own listing, pictures and relations filled in.
 *
 * @throws ConveneError not-found where it is somebody else's, or in the bin
 */
export const findOwn = async (
  req: PayloadRequest,
  { kind, id, user }: { kind: ListingKind; id: number; user: User },
): Promise<Listing> => {
  const doc: Listing | null = await req.payload.findByID({
    collection: kind,
    id,
    draft: true,
    depth: 1,
    req,
    overrideAccess: true,
    disableErrors: true,
  });
  if (!doc || doc.deletedAt || idOf(doc.owner) !== user.id) throw noSuchListing();
  return doc;
};

/** Lets one change of a listing at a time read what it changes. Held until the request's transaction ends. */
export const lockListing = async (
  req: PayloadRequest,
  { kind, id }: { kind: ListingKind; id: number },
): Promise<void> => {
  await (await sqlOfRequest(req)).query(`SELECT FROM ${kind} WHERE id = $1 FOR UPDATE`, [id]);
};
