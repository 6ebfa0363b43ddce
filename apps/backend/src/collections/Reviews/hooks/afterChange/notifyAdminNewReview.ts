import type { CollectionAfterChangeHook } from 'payload';
import type { Review } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { waitsForModeration } from '../../decisions';
import { reviewInMail } from '../../reviewInMail';

/** Staff hear of a review that waits for them. */
export const notifyAdminNewReview: CollectionAfterChangeHook<Review> = async ({ doc, previousDoc, req }) => {
  if (!waitsForModeration(previousDoc, doc)) return doc;
  const found = await reviewInMail(await sqlOfRequest(req), doc);
  if (!found) return doc;
  await enqueueNotification('admin.review.pending', { review: found.review }, { req, once: [doc.id, doc.updatedAt] });
  return doc;
};
