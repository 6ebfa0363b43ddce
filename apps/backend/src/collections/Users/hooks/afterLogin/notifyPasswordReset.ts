import type { CollectionAfterLoginHook } from 'payload';
import type { User } from '../../../../payload-types';
import { announcePasswordChange } from '../../announcePasswordChange';
import { resetsPassword } from '../beforeOperation/markPasswordReset';

/**
 * A password has been chosen by the reset link. Told here, since Payload commits before it calls the hooks that come
 * after the operation: a mail written there could be lost.
 */
export const notifyPasswordReset: CollectionAfterLoginHook<User> = async ({ req, user }) => {
  if (resetsPassword(req)) await announcePasswordChange(req, user);
  return user;
};
