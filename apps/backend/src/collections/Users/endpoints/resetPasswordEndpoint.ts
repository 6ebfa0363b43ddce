import type { Endpoint } from 'payload';
import { generatePayloadCookie } from 'payload/shared';
import { z } from 'zod';
import { inTransaction } from '../../../utils/inTransaction';

const bodySchema = z
  .object({ token: z.string().catch(''), password: z.string().catch('') })
  .catch({ token: '', password: '' });

/**
 * Stands before Payload's own route, which doesn't end its transaction where a statement fails after the session is
 * made: the connection is lost with it, and after a few the backend has none left.
 */
export const resetPasswordEndpoint: Endpoint = {
  path: '/reset-password',
  method: 'post',
  handler: async (req) => {
    const data = bodySchema.parse(await req.json?.().catch(() => null));
    const collection = req.payload.collections.users;
    const result = await inTransaction(req, () =>
      req.payload.resetPassword({ collection: 'users', data, overrideAccess: false, req }),
    );
    const cookie = generatePayloadCookie({
      collectionAuthConfig: collection.config.auth,
      cookiePrefix: req.payload.config.cookiePrefix,
      token: result.token ?? '',
    });
    return Response.json(
      { message: req.t('authentication:passwordResetSuccessfully'), ...result },
      { headers: { 'Set-Cookie': cookie } },
    );
  },
};
