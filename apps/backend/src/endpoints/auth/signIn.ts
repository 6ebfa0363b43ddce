import { type SignInAnswer, signInSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { fromDevice } from '../../collections/Users/sessionDevices';
import { secondFactorReason } from '../../collections/Users/twoFactor/secondFactorError';
import { getBackend } from '../../utils/payload';
import { isApiError, reasonIn } from '../../utils/payloadErrors';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, clientUserAgent, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { codeNeeded, idOfAddress } from './answerSignIn';
import { STEADY_ANSWER_MS, signInLimit } from './limits';

/** A wrong password and a locked account are 401, an unconfirmed one 403; a suspended one is told so. */
const isRefusal = (error: unknown): boolean =>
  isApiError(error) && (error.status === 401 || (error.status === 403 && reasonIn(error) !== 'suspended'));

const wrongCredentials = () =>
  new ConveneError(
    'wrong-credentials',
    'The address or the password is wrong, or the address is not confirmed yet. After several wrong tries, wait ten minutes.',
  );

/**
 * One answer for an unknown address, a wrong password, a locked and an unconfirmed account. Where two-factor is on, the
 * right password is answered by a ticket for /api/auth/sign-in/code.
 */
export const signIn: RouteHandler = async (request) => {
  await signInLimit(clientIp(request));
  const data = await readJson(request, signInSchema);
  const context = fromDevice(clientUserAgent(request));
  const payload = await getBackend();
  const answer = await withSteadyDuration(STEADY_ANSWER_MS, async (): Promise<SignInAnswer> => {
    try {
      return await sessionAnswer(await payload.login({ collection: 'users', data, context }));
    } catch (error) {
      if (secondFactorReason(error) === 'code-needed') {
        const userId = await idOfAddress(data.email);
        if (userId === null) throw wrongCredentials();
        return codeNeeded(userId);
      }
      if (isRefusal(error)) throw wrongCredentials();
      throw error;
    }
  });
  return jsonAnswer(answer);
};
