import type { CollectionAfterChangeHook } from 'payload';
import type { Review } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { findListing, inMail } from '../../../Listings/findListing';
import { listingRefOf } from '../../../Listings/listingRef';
import { becameVisible, wasRejected } from '../../decisions';

/** The author hears what was decided. */
export const notifyReviewModeration: CollectionAfterChangeHook<Review> = async ({ doc, previousDoc, req }) => {
  const authorId = idOf(doc.author);
  const approved = becameVisible(previousDoc, doc);
  if (authorId === null || !(approved || wasRejected(previousDoc, doc))) return doc;
  const facts = await findListing(await sqlOfRequest(req), listingRefOf(doc));
  if (!facts) return doc;
  const payload = { authorId, reviewId: doc.id, listing: inMail(facts) };
  const options = { req, once: [doc.id, doc.updatedAt] };
  if (approved) await enqueueNotification('review.approved', payload, options);
  else await enqueueNotification('review.rejected', { ...payload, reason: doc.reason ?? '' }, options);
  return doc;
};
