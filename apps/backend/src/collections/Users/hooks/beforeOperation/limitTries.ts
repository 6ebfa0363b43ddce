import type { CollectionBeforeOperationHook } from 'payload';
import { z } from 'zod';
import { isStaff } from '../../../../access/isStaff';
import { mailLimit, signInLimit, tokenLimit } from '../../../../endpoints/auth/limits';
import { clientIp } from '../../../../endpoints/http';
import { profileLimit } from '../../../../endpoints/limits';
import type { RateLimit } from '../../../../utils/rateLimit';

const targetSchema = z.object({ id: z.coerce.number() });

const limits: Partial<Record<string, RateLimit>> = {
  login: signInLimit,
  forgotPassword: mailLimit,
  resetPassword: tokenLimit,
};

/**
 * Payload's own routes for signing in and for one's profile share the limits of ours, so that nobody goes round them.
 * Staff edit many accounts in a row.
 */
export const limitTries: CollectionBeforeOperationHook<'users'> = async ({ args, operation, req }) => {
  if (req.payloadAPI === 'REST')
    await limits[operation]?.(clientIp(new Request(req.url ?? 'http://localhost', { headers: req.headers })));
  if (req.payloadAPI !== 'local' && operation === 'update' && req.user && !isStaff(req.user)) {
    const isOwn = targetSchema.safeParse(args).data?.id === req.user.id;
    if (isOwn) await profileLimit(`user-${req.user.id}`);
  }
  return args;
};
