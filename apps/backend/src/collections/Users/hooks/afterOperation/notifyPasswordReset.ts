import type { CollectionAfterOperationHook } from 'payload';
import { z } from 'zod';
import { enqueueNotification } from '../../../../utils/notificationsQueue';

/** Tells the person that the password has changed, whether by the reset link or in the account. */
export const notifyPasswordReset: CollectionAfterOperationHook<'users'> = async (arg) => {
  if (arg.operation === 'resetPassword') {
    const userId = z.number().parse(arg.result.user?.['id']);
    await enqueueNotification('user.reset.confirmed', { userId }, { req: arg.args.req });
  }
  if (arg.operation === 'updateByID' && arg.args.data.password && arg.args.req) {
    await enqueueNotification('user.reset.confirmed', { userId: arg.result.id }, { req: arg.args.req });
  }
  return arg.result;
};
