import type { PayloadRequest } from 'payload';
import type { User } from '../payload-types';
import { localRequest } from '../utils/payload';
import type { RateLimit } from '../utils/rateLimit';
import { requireUser } from './auth/account';

/**
 * Whose request it is, within what one account may do in a time, and a request of Payload's in that person's name.
 *
 * @throws ConveneError unauthenticated or too-many-requests
 */
export const signedIn = async (request: Request, limit: RateLimit): Promise<{ user: User; req: PayloadRequest }> => {
  const user = await requireUser(request);
  await limit(`user-${user.id}`);
  return { user, req: await localRequest(user) };
};
