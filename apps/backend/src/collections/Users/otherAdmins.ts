import type { PayloadRequest } from 'payload';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

/**
 * Is there an admin besides this one, who could appoint another? Also one who has yet to turn two-factor on. To be asked in the
 * transaction in which this one steps down: of two who do so at once, the second waits here until the first has, and then
 * reads. (By a lock of its own, since each of the two holds its own row already.)
 */
export const hasOtherAdmin = async (req: PayloadRequest, id: number | string): Promise<boolean> => {
  const sql = await sqlOfRequest(req);
  await sql.query(`SELECT pg_advisory_xact_lock(hashtext('convene: an admin steps down'))`);
  const { rowCount } = await sql.query(
    `SELECT FROM users AS other JOIN users_roles AS role ON role.parent_id = other.id AND role.value = 'admin'
     WHERE other.id <> $1 AND other.deleted_at IS NULL AND other.suspended_at IS NULL
     LIMIT 1`,
    [id],
  );
  return Boolean(rowCount);
};

export const ONLY_ADMIN = 'This is the only admin. Appoint another one first.';
