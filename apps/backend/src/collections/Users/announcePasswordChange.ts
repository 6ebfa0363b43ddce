import type { PayloadRequest } from 'payload';
import type { User } from '../../payload-types';
import { enqueueNotification } from '../../utils/notificationsQueue';
import { isStaffAccount } from './decisions';

/**
 * Tells the person that the password has changed, and staff where it is one of theirs: an account that can do much must
 * not be taken over unseen.
 */
export const announcePasswordChange = async (req: PayloadRequest, user: User): Promise<void> => {
  const options = { req, once: [user.id, user.updatedAt] };
  await enqueueNotification('user.reset.confirmed', { userId: user.id }, options);
  if (!isStaffAccount(user)) return;
  await enqueueNotification('admin.password.changed', { userId: user.id, displayName: user.displayName }, options);
};
