import type { CollectionAfterLogoutHook, CollectionBeforeOperationHook, PayloadRequest } from 'payload';
import { sqlOfRequest } from '../../../utils/sqlOfRequest';

const lock = async (req: PayloadRequest): Promise<void> => {
  if (!req.user) return;
  await (await sqlOfRequest(req)).query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [req.user.id]);
};

/*
 * Payload reads the account's sessions and writes them all anew when one is prolonged or ended. Both hooks run in its
 * transaction and before it reads: a sign-in at that moment waits, or is seen.
 */

export const lockForRefresh: CollectionBeforeOperationHook<'users'> = async ({ args, operation, req }) => {
  if (operation === 'refresh') await lock(req);
  return args;
};

export const lockForLogout: CollectionAfterLogoutHook = ({ req }) => lock(req);
