import { ConveneError } from '@convene/common/errors';
import { z } from 'zod';
import type { User } from '../../payload-types';
import { getBackend } from '../../utils/payload';
import { isApiError } from '../../utils/payloadErrors';
import { getPool } from '../../utils/postgres';

const claimsSchema = z.object({ sid: z.string() });

const sessionOf = (token: string): string =>
  claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).sid;

/**
 * Makes sure that it is the person, and not only their open session, before something that can't be taken back. By way
 * of a sign-in, so that wrong tries lock the account as they do there; its session is ended at once.
 *
 * @throws ConveneError wrong-credentials
 */
export const confirmPassword = async (user: User, password: string): Promise<void> => {
  const payload = await getBackend();
  try {
    const { token } = await payload.login({ collection: 'users', data: { email: user.email, password } });
    if (token) await getPool().query('DELETE FROM users_sessions WHERE id = $1', [sessionOf(token)]);
  } catch (error) {
    if (!isApiError(error) || error.status !== 401) throw error;
    throw new ConveneError('wrong-credentials', 'The password is wrong. After several wrong tries, wait ten minutes.');
  }
};
