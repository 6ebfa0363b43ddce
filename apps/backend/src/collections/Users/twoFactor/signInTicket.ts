import { secretsMatch } from '@convene/common/secrets';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import { keyedHash } from './secretBox';

/** How long somebody may look for their telephone. */
const TICKET_SECONDS = 300;

const partsSchema = z.tuple([
  z.coerce.number().int().positive().max(2_147_483_647),
  z.coerce.number().int().positive(),
  z.string().min(20).max(100),
]);

/** The password as it is kept: a ticket ends with it. */
const passwordStateOf = async (sql: SqlExecutor, userId: number): Promise<string | null> => {
  const { rows } = await sql.query<{ state: string }>(
    `SELECT hash || ':' || salt AS state FROM users
     WHERE id = $1 AND deleted_at IS NULL AND suspended_at IS NULL AND _verified AND hash IS NOT NULL`,
    [userId],
  );
  return rows[0]?.state ?? null;
};

const signatureOf = ({ userId, until, state }: { userId: number; until: number; state: string }): string =>
  keyedHash('sign-in-ticket-v1', `${userId}:${until}:${state}`);

export type Ticket = { ticket: string; ticketExpiresAt: number };

/**
 * Shows that its bearer has given this account's password within the last five minutes: what is missing is the code. It
 * names nothing that its bearer does not know.
 */
export const issueTicket = async (
  sql: SqlExecutor,
  { userId, now = new Date() }: { userId: number; now?: Date },
): Promise<Ticket> => {
  const state = await passwordStateOf(sql, userId);
  if (state === null) throw new Error('The account has no password.');
  const until = Math.floor(now.getTime() / 1_000) + TICKET_SECONDS;
  return { ticket: `${userId}.${until}.${signatureOf({ userId, until, state })}`, ticketExpiresAt: until };
};

/** Whose ticket it is; null for one that is forged, too old, older than the account's password, or of an account that is shut out. */
export const readTicket = async (
  sql: SqlExecutor,
  { ticket, now = new Date() }: { ticket: string; now?: Date },
): Promise<number | null> => {
  const parts = partsSchema.safeParse(ticket.split('.'));
  if (!parts.success) return null;
  const [userId, until, signature] = parts.data;
  if (until * 1_000 < now.getTime()) return null;
  const state = await passwordStateOf(sql, userId);
  return state !== null && secretsMatch(signature, signatureOf({ userId, until, state })) ? userId : null;
};
