import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { movedTo } from '../../../../utils/movedTo';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { type Listing, listingInMail } from './listingInMail';

/** The owner hears what was decided. */
export const notifyListingModeration =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    const ownerId = idOf(doc.owner);
    if (ownerId === null) return doc;
    const listing = listingInMail(kind, doc);
    const options = { req, once: [kind, doc.id, doc.updatedAt] };
    if (movedTo('approved', previousDoc?.moderationStatus, doc.moderationStatus)) {
      await enqueueNotification('listing.approved', { ownerId, listing }, options);
    }
    if (movedTo('rejected', previousDoc?.moderationStatus, doc.moderationStatus)) {
      await enqueueNotification('listing.rejected', { ownerId, listing, reason: doc.rejectionReason ?? '' }, options);
    }
    return doc;
  };
