import type { CollectionAfterChangeHook } from 'payload';
import type { User } from '../../../../payload-types';
import { movedTo } from '../../../../utils/movedTo';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { isVerificationByRequest } from '../../../Verifications/hooks/afterChange/markAccount';

/** Staff have set the state themselves, without a request to decide about: the person hears of it all the same. */
export const notifyVerifiedByHand: CollectionAfterChangeHook<User> = async ({ doc, previousDoc, operation, req }) => {
  if (operation !== 'update' || !previousDoc || isVerificationByRequest(req)) return doc;
  const options = { req, once: [doc.id, doc.updatedAt] };
  if (movedTo('verified', previousDoc.verification, doc.verification)) {
    await enqueueNotification('account.verified', { userId: doc.id }, options);
  }
  if (movedTo('rejected', previousDoc.verification, doc.verification)) {
    await enqueueNotification('account.verification-rejected', { userId: doc.id, reason: '' }, options);
  }
  return doc;
};
