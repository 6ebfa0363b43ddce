import { forgotSchema } from '@convene/common/api';
import { getBackend } from '../../utils/payload';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { mailLimit, STEADY_ANSWER_MS } from './limits';

/** Answers 202 whether or not the address has an account. */
export const forgot: RouteHandler = async (request) => {
  await mailLimit(clientIp(request));
  const data = await readJson(request, forgotSchema);
  const payload = await getBackend();
  await withSteadyDuration(STEADY_ANSWER_MS, () => payload.forgotPassword({ collection: 'users', data }));
  return jsonAnswer({}, 202);
};
