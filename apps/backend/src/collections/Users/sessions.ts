import { type Sessions, sessionsSchema } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import { z } from 'zod';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

const withSessionSchema = z.object({ _sid: z.string() });

/** Which session the request was made with, as Payload notes it on the account. */
const currentSession = (user: User): string | null => withSessionSchema.safeParse(user).data?._sid ?? null;

export const readSessions = async (sql: SqlExecutor, user: User): Promise<Sessions> => {
  const { rows } = await sql.query<{ item: unknown }>(
    `SELECT jsonb_build_object(
       'isCurrent', session.id = coalesce($2, ''), 'createdAt', session.created_at, 'expiresAt', session.expires_at,
       'userAgent', device.user_agent) AS item
     FROM users_sessions AS session LEFT JOIN session_devices AS device ON device.session_id = session.id
     WHERE session._parent_id = $1 AND session.expires_at > now()
     ORDER BY session.id = coalesce($2, '') DESC, session.created_at DESC NULLS LAST LIMIT 200`,
    [user.id, currentSession(user)],
  );
  return sessionsSchema.parse({ items: rows.map(({ item }) => item) });
};

/** Ends every session of the account but the one that asks; whoever signs in just now waits, and stays. */
export const endOtherSessions = (req: PayloadRequest, user: User): Promise<void> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    await sql.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [user.id]);
    await sql.query(`DELETE FROM users_sessions WHERE _parent_id = $1 AND id <> coalesce($2, '')`, [
      user.id,
      currentSession(user),
    ]);
  });
