import { resetSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { fromDevice } from '../../collections/Users/sessionDevices';
import { withoutSession } from '../../collections/Users/twoFactor/secondFactorOf';
import { isTwoFactorOn } from '../../collections/Users/twoFactor/store';
import { inTransaction } from '../../utils/inTransaction';
import { localRequest } from '../../utils/payload';
import { isApiError, reasonIn } from '../../utils/payloadErrors';
import { getPool } from '../../utils/postgres';
import { clientIp, clientUserAgent, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { codeNeeded } from './answerSignIn';
import { tokenLimit } from './limits';

/** Whose link it is, where that account's sessions need a second factor. */
const whoNeedsCode = async (token: string): Promise<number | null> => {
  const { rows } = await getPool().query<{ id: number }>(
    'SELECT id FROM users WHERE reset_password_token = $1 AND deleted_at IS NULL',
    [token],
  );
  const id = rows[0]?.id;
  return id !== undefined && (await isTwoFactorOn(getPool(), id)) ? id : null;
};

/**
 * Sets the new password and signs in; a link works once and for an hour. Where two-factor is on the password is set, and
 * signing in waits for the code: whoever reads somebody's mail does not have their telephone.
 */
export const reset: RouteHandler = async (request) => {
  await tokenLimit(clientIp(request));
  const data = await readJson(request, resetSchema);
  const req = await localRequest();
  const userId = await whoNeedsCode(data.token);
  req.context = {
    ...req.context,
    ...fromDevice(clientUserAgent(request)),
    ...(userId === null ? {} : withoutSession()),
  };
  // In a transaction of ours: where a statement fails, Payload forgets to end its own, and the connection with it.
  const result = await inTransaction(req, () =>
    req.payload.resetPassword({ collection: 'users', data, overrideAccess: true, req }),
  ).catch((error: unknown) => {
    // A suspended account is told so: who has the link has read its mail.
    if (!isApiError(error) || error.status >= 500 || reasonIn(error) === 'suspended') throw error;
    throw new ConveneError('invalid-token', 'This link is not valid any more. Ask for a new one.');
  });
  if (userId !== null) return jsonAnswer(await codeNeeded(userId));
  return jsonAnswer(await sessionAnswer({ ...result, exp: expiryOf(result.token) }));
};

const expiryOf = (token: string | undefined): number | undefined => {
  const claims = token?.split('.')[1];
  return claims ? JSON.parse(Buffer.from(claims, 'base64url').toString()).exp : undefined;
};
