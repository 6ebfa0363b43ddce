import type { CollectionAfterChangeHook } from 'payload';
import type { User } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { changedEmail, wasDeleted } from '../../decisions';

/** Both addresses hear of it: whoever took an account over must not be the only one. */
export const notifyEmailChanged: CollectionAfterChangeHook<User> = async ({ doc, previousDoc, operation, req }) => {
  const change = operation === 'update' ? changedEmail(previousDoc, doc) : null;
  if (!change || wasDeleted(previousDoc, doc)) return doc;
  await enqueueNotification(
    'user.email.changed',
    { userId: doc.id, ...change },
    { req, once: [doc.id, doc.updatedAt] },
  );
  return doc;
};
