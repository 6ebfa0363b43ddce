import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

/**
 * Puts an account into the bin; the hooks of that do the rest.
 *
 * @throws ConveneError conflict for the last admin, after whom nobody could appoint another
 */
export const closeAccount = (req: PayloadRequest, user: User): Promise<void> =>
  inTransaction(req, async () => {
    if (user.roles.includes('admin')) {
      const { rowCount } = await (await sqlOfRequest(req)).query(
        `SELECT FROM users AS other JOIN users_roles AS role ON role.parent_id = other.id AND role.value = 'admin'
         WHERE other.id <> $1 AND other.deleted_at IS NULL LIMIT 1`,
        [user.id],
      );
      if (!rowCount) throw new ConveneError('conflict', 'You are the only admin. Appoint another one first.');
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
