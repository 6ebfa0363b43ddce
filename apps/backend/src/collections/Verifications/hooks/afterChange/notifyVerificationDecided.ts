import type { CollectionAfterChangeHook } from 'payload';
import type { Verification } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { wasRejected, wasVerified } from '../../decisions';

/** The person hears what was decided. */
export const notifyVerificationDecided: CollectionAfterChangeHook<Verification> = async ({ doc, previousDoc, req }) => {
  const userId = idOf(doc.user);
  if (userId === null) return doc;
  if (wasVerified(previousDoc, doc)) await enqueueNotification('account.verified', { userId }, { req, once: [doc.id] });
  if (wasRejected(previousDoc, doc)) {
    const payload = { userId, reason: doc.reason ?? '' };
    await enqueueNotification('account.verification-rejected', payload, { req, once: [doc.id] });
  }
  return doc;
};
