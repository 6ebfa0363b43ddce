import type { CollectionAfterOperationHook } from 'payload';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { passwordChangeOf } from '../../passwordChange';

/** Tells the person that the password has changed, whether by the reset link or in the account. */
export const notifyPasswordReset: CollectionAfterOperationHook<'users'> = async (arg) => {
  const change = passwordChangeOf(arg);
  if (change && arg.args.req) {
    const { userId, once } = change;
    await enqueueNotification('user.reset.confirmed', { userId }, { req: arg.args.req, once });
  }
  return arg.result;
};
