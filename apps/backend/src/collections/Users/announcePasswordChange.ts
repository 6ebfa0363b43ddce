import { randomUUID } from 'node:crypto';
import type { PayloadRequest } from 'payload';
import type { User } from '../../payload-types';
import { enqueueNotification } from '../../utils/notificationsQueue';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { isStaffAccount } from './decisions';

/** One request changes a password once; the account's own times don't tell, Payload leaves `updatedAt` empty here. */
const changeIdOf = ({ context }: PayloadRequest): string => {
  context['passwordChangeId'] ??= randomUUID();
  return String(context['passwordChangeId']);
};

/** Whoever knew the old password may have asked for another address: its link must not outlive that password. */
const dropPendingAddress = async (req: PayloadRequest, userId: number): Promise<void> => {
  const sql = await sqlOfRequest(req);
  await sql.query(
    `UPDATE users SET pending_email = NULL, pending_email_token_hash = NULL, pending_email_expires_at = NULL
     WHERE id = $1 AND pending_email_token_hash IS NOT NULL`,
    [userId],
  );
};

/**
 * Tells the person that the password has changed, and staff where it is one of theirs: an account that can do much must
 * not be taken over unseen.
 */
export const announcePasswordChange = async (req: PayloadRequest, user: User): Promise<void> => {
  await dropPendingAddress(req, user.id);
  const options = { req, once: [user.id, changeIdOf(req)] };
  await enqueueNotification('user.reset.confirmed', { userId: user.id }, options);
  if (!isStaffAccount(user)) return;
  await enqueueNotification('admin.password.changed', { userId: user.id, displayName: user.displayName }, options);
};
