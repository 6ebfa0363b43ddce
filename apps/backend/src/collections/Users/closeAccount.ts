import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { hasOtherAdmin } from './otherAdmins';

/**
 * Puts an account into the bin; the hooks of that do the rest.
 *
 * @throws ConveneError conflict for the last admin, after whom nobody could appoint another
 */
export const closeAccount = (req: PayloadRequest, user: User): Promise<void> =>
  inTransaction(req, async () => {
    if (user.roles.includes('admin') && !(await hasOtherAdmin(req, user.id))) {
      throw new ConveneError('conflict', 'You are the only admin. Appoint another one first.');
    }
    await req.payload.update({
      collection: 'users',
      id: user.id,
      data: { deletedAt: new Date().toISOString() },
      req,
      overrideAccess: true,
      depth: 0,
    });
  });
