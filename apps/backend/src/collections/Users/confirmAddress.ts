import { ConveneError } from '@convene/common/errors';
import { type PayloadRequest, verifyEmailOperation } from 'payload';
import { inTransaction } from '../../utils/inTransaction';
import { isApiError } from '../../utils/payloadErrors';
import { enqueueRoleWelcomes } from './hooks/sendWelcomeEmail';

/**
 * Confirms the address behind a token and welcomes the person, in one transaction.
 *
 * @throws ConveneError invalid-token where the token is unknown or was used
 */
export const confirmAddress = async ({ req, token }: { req: PayloadRequest; token: string }): Promise<void> => {
  const collection = req.payload.collections.users;
  await inTransaction(req, async () => {
    const user = await req.payload.db.findOne<{ id: number }>({
      collection: 'users',
      where: { _verificationToken: { equals: token } },
      req,
    });
    if (!user || token === '') throw new ConveneError('invalid-token', 'This link is not valid any more.');
    await verifyEmailOperation({ collection, req, token }).catch((error: unknown) => {
      // Two clicks at once: the other one was first.
      if (isApiError(error)) throw new ConveneError('invalid-token', 'This link is not valid any more.');
      throw error;
    });
    const confirmed = await req.payload.findByID({ collection: 'users', id: user.id, req, overrideAccess: true });
    await enqueueRoleWelcomes({ req, userId: confirmed.id, roles: confirmed.roles });
  });
};
