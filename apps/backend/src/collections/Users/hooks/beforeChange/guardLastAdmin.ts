import { APIError, type CollectionBeforeChangeHook } from 'payload';
import type { User } from '../../../../payload-types';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';

/** The last admin stays one: after them nobody could appoint another. Also one who has yet to turn two-factor on. */
export const guardLastAdmin: CollectionBeforeChangeHook<User> = async ({ data, originalDoc, operation, req }) => {
  if (operation === 'create' || !originalDoc?.roles?.includes('admin')) return data;
  const steps = (data.roles && !data.roles.includes('admin')) || data.suspendedAt || data.deletedAt;
  if (!steps) return data;
  // Of two admins who step down at once, the second waits here for the first.
  const { rowCount } = await (await sqlOfRequest(req)).query(
    `SELECT other.id FROM users AS other
     WHERE other.id <> $1 AND other.deleted_at IS NULL AND other.suspended_at IS NULL
       AND EXISTS (SELECT FROM users_roles AS role WHERE role.parent_id = other.id AND role.value = 'admin')
     FOR UPDATE OF other`,
    [originalDoc.id],
  );
  if (!rowCount) throw new APIError('This is the only admin. Appoint another one first.', 409);
  return data;
};
