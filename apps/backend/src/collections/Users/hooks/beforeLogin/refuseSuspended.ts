import { APIError, type CollectionBeforeLoginHook } from 'payload';
import type { User } from '../../../../payload-types';

export const suspendedError = (): APIError =>
  new APIError('This account is suspended. Write to us by the contact form.', 403, { reason: 'suspended' });

/**
 * A suspended account is told so, after the right password: a stranger learns nothing by it. Also after a reset, which
 * ends with signing in.
 */
export const refuseSuspended: CollectionBeforeLoginHook<User> = ({ user }) => {
  if (!user.suspendedAt) return user;
  throw suspendedError();
};
