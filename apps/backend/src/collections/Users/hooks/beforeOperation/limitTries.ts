import type { CollectionBeforeOperationHook } from 'payload';
import { mailLimit, signInLimit, tokenLimit } from '../../../../endpoints/auth/limits';
import { clientIp } from '../../../../endpoints/http';
import type { RateLimit } from '../../../../utils/rateLimit';

const limits: Partial<Record<string, RateLimit>> = {
  login: signInLimit,
  forgotPassword: mailLimit,
  resetPassword: tokenLimit,
};

/** Payload's own routes for signing in share the limits of ours, so that nobody goes round them. */
export const limitTries: CollectionBeforeOperationHook<'users'> = async ({ args, operation, req }) => {
  if (req.payloadAPI === 'REST')
    await limits[operation]?.(clientIp(new Request(req.url ?? 'http://localhost', { headers: req.headers })));
  return args;
};
