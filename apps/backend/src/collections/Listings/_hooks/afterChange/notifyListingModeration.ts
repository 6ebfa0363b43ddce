import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { movedTo } from '../../moderation';
import { idOf, type Listing, listingInMail } from './listingInMail';

/** The owner hears what was decided. */
export const notifyListingModeration =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    const ownerId = idOf(doc.owner);
    if (ownerId === null) return doc;
    const listing = listingInMail(kind, doc);
    if (movedTo('approved', previousDoc?.moderationStatus, doc.moderationStatus)) {
      await enqueueNotification('listing.approved', { ownerId, listing }, { req });
    }
    if (movedTo('rejected', previousDoc?.moderationStatus, doc.moderationStatus)) {
      await enqueueNotification('listing.rejected', { ownerId, listing, reason: doc.rejectionReason ?? '' }, { req });
    }
    return doc;
  };
