import type { Account, SessionAnswer } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { z } from 'zod';
import type { User } from '../../payload-types';
import { avatarUrlOf } from '../../readModels/avatars';
import { getBackend } from '../../utils/payload';
import { getPool } from '../../utils/postgres';

/** `user` as it is read at depth 0 names its avatar by a number. */
export const accountOf = async (user: User): Promise<Account> => ({
  id: user.id,
  email: user.email,
  displayName: user.displayName,
  roles: user.roles,
  locale: user.locale,
  bio: user.bio ?? '',
  avatarUrl: await avatarUrlOf(getPool(), user.id),
});

const loginResultSchema = z.object({ token: z.string(), exp: z.number().int(), user: z.object({ id: z.number() }) });

/** A session as the frontend keeps it, from what Payload's sign-in or reset returned. */
export const sessionAnswer = async (result: unknown): Promise<SessionAnswer> => {
  const { token, exp, user } = loginResultSchema.parse(result);
  const payload = await getBackend();
  const account = await payload.findByID({ collection: 'users', id: user.id, depth: 0, overrideAccess: true });
  return { token, expiresAt: exp, account: await accountOf(account) };
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
