import type { SqlExecutor } from '@convene/coordination';
import { AuthenticationError, type CollectionBeforeLoginHook, type PayloadRequest } from 'payload';
import type { User } from '../../../../payload-types';
import { getPool } from '../../../../utils/postgres';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { noteDevice, userAgentOf } from '../../sessionDevices';
import { isWaived } from '../../twoFactor/secondFactorOf';
import { resetsPassword } from '../beforeOperation/markPasswordReset';
import { suspendedError } from './refuseSuspended';

/**
 * Payload has just written the account's whole row, roles and sessions as it read them before it hashed the password: what
 * somebody has changed meanwhile is undone by it, a session that another sign-in opened is gone, one that was ended is
 * back. What others have committed is put right here. It can't change until we commit: the account's row is ours since
 * that write, and every change of the account begins with the row. A sign-in that only confirms a password leaves no
 * session behind.
 */
export const keepOthersWrites: CollectionBeforeLoginHook<User> = async ({ req, user }) => {
  const own = user.sessions?.at(-1)?.id;
  // Without a transaction there is nothing that others don't see.
  if (!own || !(await req.transactionID)) return user;
  const sql = await sqlOfRequest(req);
  // A reset ends the sessions on purpose.
  if (!resetsPassword(req)) await restore(sql, { req, user, own });
  if (isWaived(req)) await sql.query('DELETE FROM users_sessions WHERE id = $1', [own]);
  else await noteDevice(sql, { userId: user.id, sessionId: own, userAgent: userAgentOf(req) });
  return user;
};

type Row = Record<string, unknown>;
type State = { account: Row; roles: string[]; sessions: Row[] };

/** Text, since dates come otherwise through drizzle than through `pg`. */
const stateOf = async (sql: SqlExecutor, userId: number): Promise<State> => {
  const { rows } = await sql.query<{ state: State }>(
    `SELECT jsonb_build_object(
       'account', to_jsonb(account),
       'roles', (SELECT coalesce(jsonb_agg(role.value ORDER BY role.value), '[]') FROM users_roles AS role
                 WHERE role.parent_id = account.id),
       'sessions', (SELECT coalesce(jsonb_agg(to_jsonb(session) - '_order' ORDER BY session.id), '[]')
                    FROM users_sessions AS session
                    WHERE session._parent_id = account.id AND session.expires_at > now())) AS state
     FROM users AS account WHERE account.id = $1`,
    [userId],
  );
  if (!rows[0]) throw new Error('The account is gone.');
  return rows[0].state;
};

/** What the sign-in itself writes. */
const ownColumns = new Set(['id', 'hash', 'salt', 'login_attempts', 'lock_until']);

const restore = async (
  sql: SqlExecutor,
  { req, user, own }: { req: PayloadRequest; user: User; own: string },
): Promise<void> => {
  const [theirs, ours] = [await stateOf(getPool(), user.id), await stateOf(sql, user.id)];
  // Another password has been set since this one was read.
  if (theirs.account['hash'] !== user.hash || theirs.account['deleted_at']) throw new AuthenticationError(req.t);
  // Suspended since: the sessions that this ended must not be followed by one more.
  if (theirs.account['suspended_at']) throw suspendedError();
  await restoreAccount(sql, { theirs, ours, userId: user.id });
  if (!isSame(theirs.roles, ours.roles)) await restoreRoles(sql, { roles: theirs.roles, userId: user.id });
  const others = ours.sessions.filter(({ id }) => id !== own);
  if (!isSame(theirs.sessions, others)) await restoreSessions(sql, { sessions: theirs.sessions, own, userId: user.id });
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The names are Postgres' own. */
const restoreAccount = async (
  sql: SqlExecutor,
  { theirs, ours, userId }: { theirs: State; ours: State; userId: number },
): Promise<void> => {
  const changed = Object.keys(theirs.account).filter(
    (column) => !ownColumns.has(column) && !isSame(theirs.account[column], ours.account[column]),
  );
  if (changed.length === 0) return;
  const columns = changed.map((column) => `"${column}"`).join(', ');
  await sql.query(
    `UPDATE users SET (${columns}) = (SELECT ${columns} FROM jsonb_populate_record(NULL::users, $2::jsonb)) WHERE id = $1`,
    [userId, JSON.stringify(theirs.account)],
  );
};

const restoreRoles = async (
  sql: SqlExecutor,
  { roles, userId }: { roles: string[]; userId: number },
): Promise<void> => {
  await sql.query('DELETE FROM users_roles WHERE parent_id = $1', [userId]);
  await sql.query(
    `INSERT INTO users_roles ("order", parent_id, value)
     SELECT role.position, $1::int, (jsonb_populate_record(NULL::users_roles, jsonb_build_object('value', role.value))).value
     FROM jsonb_array_elements_text($2::jsonb) WITH ORDINALITY AS role (value, position)`,
    [userId, JSON.stringify(roles)],
  );
};

const restoreSessions = async (
  sql: SqlExecutor,
  { sessions, own, userId }: { sessions: Row[]; own: string; userId: number },
): Promise<void> => {
  await sql.query('DELETE FROM users_sessions WHERE _parent_id = $1 AND id <> $2', [userId, own]);
  await sql.query(
    `INSERT INTO users_sessions (_order, _parent_id, id, created_at, expires_at)
     SELECT 1000 + row_number() OVER (ORDER BY kept.created_at), $1::int, kept.id, kept.created_at, kept.expires_at
     FROM jsonb_populate_recordset(NULL::users_sessions, $2::jsonb) AS kept`,
    [userId, JSON.stringify(sessions)],
  );
};
