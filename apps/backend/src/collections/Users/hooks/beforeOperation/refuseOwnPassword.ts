import { APIError, type CollectionBeforeOperationHook } from 'payload';
import { z } from 'zod';
import { env } from '../../../../env';

const ownSchema = z.object({ id: z.coerce.number(), data: z.object({ password: z.string().min(1) }) });

/**
 * Payload's routes ask for no current password: whoever finds a session open would own the account from then on, and turn
 * two-factor on in it. One's own password is changed where the old one is asked for; admins set those of others here.
 */
export const refuseOwnPassword: CollectionBeforeOperationHook<'users'> = ({ args, operation, req }) => {
  if (operation !== 'update' || req.payloadAPI === 'local') return args;
  const change = ownSchema.safeParse(args).data;
  if (!change || change.id !== req.user?.id) return args;
  throw new APIError(
    `Your own password is changed at ${env.FRONTEND_URL}/account/security, where the present one is asked for.`,
    403,
    { reason: 'own-password' },
    true,
  );
};
