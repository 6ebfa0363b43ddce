import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { User, Verification } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { isUniqueViolation } from '../../utils/postgresErrors';

/**
 * Asks staff to verify who this person is.
 *
 * @throws ConveneError conflict where they are verified already, or a request waits
 */
export const requestVerification = ({
  req,
  user,
  ...said
}: {
  req: PayloadRequest;
  user: User;
  legalName: string;
  text?: string | undefined;
  website?: string | undefined;
}): Promise<Verification> =>
  inTransaction(req, async () => {
    if (user.verification === 'verified') {
      throw new ConveneError('conflict', 'Your account is verified already.', { reason: 'verified' });
    }
    return req.payload
      .create({
        collection: 'verifications',
        data: { ...said, user: user.id, status: 'pending' },
        req,
        overrideAccess: true,
        depth: 0,
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, req)) throw error;
        throw new ConveneError('conflict', 'Your request waits for a decision already.', { reason: 'waits' });
      });
  });
