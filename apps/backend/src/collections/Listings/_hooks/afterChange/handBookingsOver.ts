import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { followOwner } from '../../../Claims/transferOwnership';
import type { Listing } from './listingInMail';

/** Staff give a listing to somebody else: its bookings and conversations are that person's from now on. */
export const handBookingsOver =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, operation, req }) => {
    const ownerId = idOf(doc.owner);
    if (operation !== 'update' || doc._status !== 'published') return doc;
    // `previousDoc` may be a draft that had the new owner already.
    if (ownerId === null) return doc;
    await followOwner(await sqlOfRequest(req), { listing: { kind, id: doc.id }, ownerId });
    return doc;
  };
