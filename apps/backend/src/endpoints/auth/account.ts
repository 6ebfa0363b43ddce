import type { Account, SessionAnswer } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { z } from 'zod';
import type { User } from '../../payload-types';
import { getBackend } from '../../utils/payload';

export const accountOf = (user: User): Account => ({
  id: user.id,
  email: user.email,
  displayName: user.displayName,
  roles: user.roles,
  locale: user.locale,
});

const loginResultSchema = z.object({ token: z.string(), exp: z.number().int(), user: z.object({ id: z.number() }) });

/** A session as the frontend keeps it, from what Payload's sign-in or reset returned. */
export const sessionAnswer = async (result: unknown): Promise<SessionAnswer> => {
  const { token, exp, user } = loginResultSchema.parse(result);
  const payload = await getBackend();
  const account = await payload.findByID({ collection: 'users', id: user.id, depth: 0, overrideAccess: true });
  return { token, expiresAt: exp, account: accountOf(account) };
};

/** The account whose token comes with the request; null where there is none. */
export const optionalUser = async (request: Request): Promise<User | null> => {
  const payload = await getBackend();
  const { user } = await payload.auth({ headers: request.headers });
  return user ? (user as User) : null;
};

/**
 * The account whose token comes with the request.
 *
 * @throws ConveneError unauthenticated
 */
export const requireUser = async (request: Request): Promise<User> => {
  const user = await optionalUser(request);
  if (!user) throw new ConveneError('unauthenticated', 'Please sign in.');
  return user;
};
