import type { ListingKind } from '@convene/common/listings';
import type { CollectionAfterChangeHook } from 'payload';
import { movedTo } from '../../../../utils/movedTo';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { placeNewListing } from '../../../Feed/workers/placeNewListing';
import type { Listing } from './listingInMail';

/** An approved listing is in the feed at once, in the middle of its segments, until the next ranking places it. */
export const placeApprovedListing =
  (kind: ListingKind): CollectionAfterChangeHook<Listing> =>
  async ({ doc, previousDoc, req }) => {
    if (doc._status !== 'published' || !movedTo('approved', previousDoc?.moderationStatus, doc.moderationStatus)) {
      return doc;
    }
    await placeNewListing(await sqlOfRequest(req), { kind, listingId: doc.id });
    return doc;
  };
