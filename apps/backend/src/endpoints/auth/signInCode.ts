import { signInCodeSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { openSession } from '../../collections/Users/openSession';
import { fromDevice } from '../../collections/Users/sessionDevices';
import { readTicket } from '../../collections/Users/twoFactor/signInTicket';
import { checkSecondFactor } from '../../collections/Users/twoFactor/store';
import { localRequest } from '../../utils/payload';
import { getPool } from '../../utils/postgres';
import { clientIp, clientUserAgent, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { signInLimit } from './limits';

/** POST /api/auth/sign-in/code: the second step, with what the first one answered. */
export const signInCode: RouteHandler = async (request) => {
  await signInLimit(clientIp(request));
  const { ticket, code } = await readJson(request, signInCodeSchema);
  const userId = await readTicket(getPool(), { ticket });
  if (userId === null) throw new ConveneError('invalid-token', 'That took too long. Please sign in anew.');
  const verdict = await checkSecondFactor(getPool(), { userId, code });
  if (verdict === 'wrong') {
    throw new ConveneError('wrong-credentials', 'That code is not valid, or it was used already.', {
      reason: 'code-wrong',
    });
  }
  const req = await localRequest();
  req.context = { ...req.context, ...fromDevice(clientUserAgent(request)) };
  const { token, exp } = await openSession(req, userId);
  return jsonAnswer(await sessionAnswer({ token, exp, user: { id: userId } }));
};
