import { signInSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { getBackend } from '../../utils/payload';
import { isApiError, reasonIn } from '../../utils/payloadErrors';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { STEADY_ANSWER_MS, signInLimit } from './limits';

/** A wrong password and a locked account are 401, an unconfirmed one 403; a suspended one is told so. */
const isRefusal = (error: unknown): boolean =>
  isApiError(error) && (error.status === 401 || (error.status === 403 && reasonIn(error) !== 'suspended'));

/** One answer for an unknown address, a wrong password, a locked and an unconfirmed account. */
export const signIn: RouteHandler = async (request) => {
  await signInLimit(clientIp(request));
  const credentials = await readJson(request, signInSchema);
  const payload = await getBackend();
  const result = await withSteadyDuration(STEADY_ANSWER_MS, () =>
    payload.login({ collection: 'users', data: credentials }).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      throw new ConveneError(
        'wrong-credentials',
        'The address or the password is wrong, or the address is not confirmed yet. After several wrong tries, wait ten minutes.',
      );
    }),
  );
  return jsonAnswer(await sessionAnswer(result));
};
