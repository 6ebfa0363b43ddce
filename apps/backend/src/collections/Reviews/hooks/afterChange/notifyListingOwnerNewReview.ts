import type { CollectionAfterChangeHook } from 'payload';
import type { Review } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { becameVisible } from '../../decisions';
import { reviewInMail } from '../../reviewInMail';

/** The owner hears of a review when visitors see it for the first time, not when an edit of it is approved. */
export const notifyListingOwnerNewReview: CollectionAfterChangeHook<Review> = async ({ doc, previousDoc, req }) => {
  if (!becameVisible(previousDoc, doc)) return doc;
  const found = await reviewInMail(await sqlOfRequest(req), doc);
  if (!found || found.ownerId === null) return doc;
  await enqueueNotification('review.new', { ownerId: found.ownerId, review: found.review }, { req, once: [doc.id] });
  return doc;
};
