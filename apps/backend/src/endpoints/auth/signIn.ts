import { signInSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { AuthenticationError, LockedAuth, UnverifiedEmail } from 'payload';
import { getBackend } from '../../utils/payload';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { STEADY_ANSWER_MS, signInLimit } from './limits';

const refusals = [AuthenticationError, LockedAuth, UnverifiedEmail];

/** One answer for an unknown address, a wrong password, a locked and an unconfirmed account. */
export const signIn: RouteHandler = async (request) => {
  await signInLimit(clientIp(request));
  const credentials = await readJson(request, signInSchema);
  const payload = await getBackend();
  const result = await withSteadyDuration(STEADY_ANSWER_MS, () =>
    payload.login({ collection: 'users', data: credentials }).catch((error: unknown) => {
      if (!refusals.some((refusal) => error instanceof refusal)) throw error;
      throw new ConveneError(
        'wrong-credentials',
        'The address or the password is wrong, or the address is not confirmed yet. After several wrong tries, wait ten minutes.',
      );
    }),
  );
  return jsonAnswer(await sessionAnswer(result));
};
