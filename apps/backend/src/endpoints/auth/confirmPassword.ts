import { ConveneError } from '@convene/common/errors';
import { withoutSession } from '../../collections/Users/twoFactor/secondFactorOf';
import type { User } from '../../payload-types';
import { getBackend } from '../../utils/payload';
import { isApiError } from '../../utils/payloadErrors';

/**
 * Makes sure that it is the person, and not only their open session, before something that can't be taken back. By way
 * of a sign-in, so that wrong tries lock the account as they do there; it leaves no session. A second factor is not asked
 * for: the session that asks has shown it.
 *
 * @throws ConveneError wrong-credentials
 */
export const confirmPassword = async (user: User, password: string): Promise<void> => {
  const payload = await getBackend();
  try {
    await payload.login({ collection: 'users', data: { email: user.email, password }, context: withoutSession() });
  } catch (error) {
    if (!isApiError(error) || error.status !== 401) throw error;
    throw new ConveneError('wrong-credentials', 'The password is wrong. After several wrong tries, wait ten minutes.');
  }
};
