import type { CollectionAfterOperationHook } from 'payload';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { isStaffAccount } from '../../decisions';
import { passwordChangeOf } from '../../passwordChange';

/** Staff hear when the password of one of them changes: an account that can do much must not be taken over unseen. */
export const notifyAdminPasswordChanged: CollectionAfterOperationHook<'users'> = async (arg) => {
  const change = passwordChangeOf(arg);
  const { req } = arg.args;
  if (!change || !req) return arg.result;
  const { userId, once } = change;
  const account = await req.payload.findByID({ collection: 'users', id: userId, depth: 0, req, overrideAccess: true });
  if (!isStaffAccount(account)) return arg.result;
  await enqueueNotification('admin.password.changed', { userId, displayName: account.displayName }, { req, once });
  return arg.result;
};
