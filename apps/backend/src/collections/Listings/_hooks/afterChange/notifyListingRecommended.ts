import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { movedTo } from '../../../../utils/movedTo';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { type Listing, listingInMail } from './listingInMail';

/** The owner hears that staff recommend the listing. */
export const notifyListingRecommended =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    const ownerId = idOf(doc.owner);
    if (ownerId === null || doc._status !== 'published') return doc;
    if (!movedTo('recommended', previousDoc?.tier, doc.tier)) return doc;
    await enqueueNotification(
      'listing.recommended',
      { ownerId, listing: listingInMail(kind, doc) },
      { req, once: [kind, doc.id, doc.updatedAt] },
    );
    return doc;
  };
