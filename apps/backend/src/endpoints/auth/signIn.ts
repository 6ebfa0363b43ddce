import { type SignInAnswer, signInSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { AuthenticationError, LockedAuth, UnverifiedEmail } from 'payload';
import { fromDevice } from '../../collections/Users/sessionDevices';
import { secondFactorReason } from '../../collections/Users/twoFactor/secondFactorError';
import { getBackend } from '../../utils/payload';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, clientUserAgent, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { codeNeeded, idOfAddress } from './answerSignIn';
import { STEADY_ANSWER_MS, signInLimit } from './limits';

const refusals = [AuthenticationError, LockedAuth, UnverifiedEmail];

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
      if (refusals.some((refusal) => error instanceof refusal)) throw wrongCredentials();
      if (secondFactorReason(error) !== 'code-needed') throw error;
      const userId = await idOfAddress(data.email);
      if (userId === null) throw wrongCredentials();
      return codeNeeded(userId);
    }
  });
  return jsonAnswer(answer);
};
