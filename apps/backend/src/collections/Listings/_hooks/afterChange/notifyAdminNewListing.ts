import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { movedTo } from '../../../../utils/movedTo';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { type Listing, listingInMail } from './listingInMail';

/** Staff hear of a listing that waits for approval: a new one, or an edit of one that is live. */
export const notifyAdminNewListing =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    const ownerId = idOf(doc.owner);
    if (ownerId === null || !movedTo('pending', previousDoc?.moderationStatus, doc.moderationStatus)) return doc;
    const owner = await req.payload.findByID({ collection: 'users', id: ownerId, depth: 0, req, overrideAccess: true });
    await enqueueNotification(
      'admin.listing.pending',
      { ownerId, ownerName: owner.displayName, listing: listingInMail(kind, doc) },
      { req, once: [kind, doc.id, doc.updatedAt] },
    );
    return doc;
  };
