import type { CollectionAfterChangeHook } from 'payload';
import { asConsequence } from '../../../../audit/consequence';
import type { User } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { wasDeleted } from '../../decisions';
import { removePersonalData } from '../../removePersonalData';

/**
 * A deleted account loses its personal data in the same transaction. The last mail to it carries the address itself:
 * nothing else knows it any more.
 */
export const notifyAccountDeleted: CollectionAfterChangeHook<User> = async ({ doc, previousDoc, operation, req }) => {
  if (operation !== 'update' || !previousDoc || !wasDeleted(previousDoc, doc)) return doc;
  await enqueueNotification(
    'account.deleted',
    { userId: doc.id, email: previousDoc.email, name: previousDoc.displayName, locale: previousDoc.locale },
    { req, once: [doc.id, doc.updatedAt] },
  );
  await asConsequence(req, () => removePersonalData(req, { userId: doc.id, email: previousDoc.email }));
  return doc;
};
