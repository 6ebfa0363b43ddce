import type { SqlExecutor } from '@convene/coordination';
import type { CollectionBeforeLoginHook } from 'payload';
import type { User } from '../../../../payload-types';
import { getPool } from '../../../../utils/postgres';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { noteDevice, userAgentOf } from '../../sessionDevices';
import { isWaived } from '../../twoFactor/secondFactorOf';
import { resetsPassword } from '../beforeOperation/markPasswordReset';

/**
 * Payload has just replaced all sessions of the account by those that it read before it hashed the password, and the new
 * one: a session that another sign-in opened meanwhile is gone, one that was ended meanwhile is back. What others have
 * committed is put right here. It can't change until we commit: the account's row is ours since that write, and every
 * change of its sessions begins with the row. A sign-in that only confirms a password leaves no session behind.
 */
export const keepOtherSessions: CollectionBeforeLoginHook<User> = async ({ req, user }) => {
  const own = user.sessions?.at(-1)?.id;
  // Without a transaction there is nothing that others don't see.
  if (!own || !(await req.transactionID)) return user;
  const sql = await sqlOfRequest(req);
  // A reset ends the others on purpose.
  if (!resetsPassword(req)) await restore(sql, { userId: user.id, own });
  if (isWaived(req)) await sql.query('DELETE FROM users_sessions WHERE id = $1', [own]);
  else await noteDevice(sql, { userId: user.id, sessionId: own, userAgent: userAgentOf(req) });
  return user;
};

const restore = async (sql: SqlExecutor, { userId, own }: { userId: number; own: string }): Promise<void> => {
  const { rows } = await getPool().query<{ id: string; createdAt: string; expiresAt: string }>(
    `SELECT id, created_at::text AS "createdAt", expires_at::text AS "expiresAt" FROM users_sessions
     WHERE _parent_id = $1 AND expires_at > now()`,
    [userId],
  );
  const kept = JSON.stringify(rows.filter(({ id }) => id !== own));
  await sql.query(
    `WITH kept AS (
       SELECT id, "createdAt", "expiresAt"
       FROM jsonb_to_recordset($3::jsonb) AS kept_row (id text, "createdAt" timestamptz, "expiresAt" timestamptz)
     ), ended AS (
       DELETE FROM users_sessions WHERE _parent_id = $1 AND id <> $2 AND id NOT IN (SELECT id FROM kept)
     )
     INSERT INTO users_sessions (_order, _parent_id, id, created_at, expires_at)
     SELECT 1000 + row_number() OVER (ORDER BY "createdAt"), $1::int, id, "createdAt", "expiresAt" FROM kept
     ON CONFLICT (id) DO NOTHING`,
    [userId, own, kept],
  );
};
