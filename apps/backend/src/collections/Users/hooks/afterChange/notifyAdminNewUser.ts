import type { CollectionAfterChangeHook } from 'payload';
import type { User } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';

export const notifyAdminNewUser: CollectionAfterChangeHook<User> = async ({ doc, operation, req }) => {
  if (operation !== 'create') return doc;
  await enqueueNotification(
    'admin.user.new',
    { userId: doc.id, displayName: doc.displayName, roles: doc.roles },
    { req, once: [doc.id] },
  );
  return doc;
};
