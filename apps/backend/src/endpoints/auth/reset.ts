import { resetSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { inTransaction } from '../../utils/inTransaction';
import { localRequest } from '../../utils/payload';
import { isApiError, reasonIn } from '../../utils/payloadErrors';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { sessionAnswer } from './account';
import { tokenLimit } from './limits';

/** Sets the new password and signs in; a link works once and for an hour. */
export const reset: RouteHandler = async (request) => {
  await tokenLimit(clientIp(request));
  const data = await readJson(request, resetSchema);
  const req = await localRequest();
  // In a transaction of ours: where a statement fails, Payload forgets to end its own, and the connection with it.
  const result = await inTransaction(req, () =>
    req.payload.resetPassword({ collection: 'users', data, overrideAccess: true, req }),
  ).catch((error: unknown) => {
    // A suspended account is told so: who has the link has read its mail.
    if (!isApiError(error) || error.status >= 500 || reasonIn(error) === 'suspended') throw error;
    throw new ConveneError('invalid-token', 'This link is not valid any more. Ask for a new one.');
  });
  return jsonAnswer(await sessionAnswer({ ...result, exp: expiryOf(result.token) }));
};

const expiryOf = (token: string | undefined): number | undefined => {
  const claims = token?.split('.')[1];
  return claims ? JSON.parse(Buffer.from(claims, 'base64url').toString()).exp : undefined;
};
