import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { movedTo } from '../../../../utils/movedTo';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { nameOf } from '../../../../utils/people';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { type Listing, listingInMail } from './listingInMail';

/** Staff hear of a listing that waits for approval: a new one, or an edit of one that is live. */
export const notifyAdminNewListing =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    const ownerId = idOf(doc.owner);
    if (ownerId === null || !movedTo('pending', previousDoc?.moderationStatus, doc.moderationStatus)) return doc;
    const ownerName = await nameOf(await sqlOfRequest(req), ownerId);
    await enqueueNotification(
      'admin.listing.pending',
      { ownerId, ownerName, listing: listingInMail(kind, doc) },
      { req, once: [kind, doc.id, doc.updatedAt] },
    );
    return doc;
  };
