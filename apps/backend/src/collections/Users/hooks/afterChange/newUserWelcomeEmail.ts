import type { PayloadRequest } from 'payload';
import type { User } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';

/**
 * "Confirm your address", when an account is created. Payload makes the token and hands it to this function alone
 * (no afterChange hook sees it), with the request whose transaction creates the account.
 */
export const enqueueWelcomeEmail = async ({
  req,
  token,
  user,
}: {
  req: PayloadRequest;
  token: string;
  user: User;
}): Promise<string> => {
  await enqueueNotification('user.welcome', { userId: user.id, token }, { req });
  return '';
};
