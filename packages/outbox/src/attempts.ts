import type { DeliveryStatus } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { isSuppressedSql, optionalCategoryOf, SUPPRESSED } from './suppressions';

/**
 * For how long the outcome of a call may be asked for by sending again under the same key: the provider remembers keys
 * for 24 hours, and the last hour is left for slow calls and clocks.
 */
export const ATTEMPT_WINDOW_HOURS = 23;

export type Attempt = {
  logId: number;
  status: DeliveryStatus;
  error: string | null;
  isFresh: boolean;
  isExpired: boolean;
};

const isSuppressed = isSuppressedSql({ email: '$4', category: '$6::varchar', userId: '$5::numeric' });

/**
 * The attempt's row, written before the provider is called; unique per outbox row and recipient. Somebody who is not
 * written to any more has one too, `suppressed` from the beginning.
 *
 * - `isFresh`: this call wrote it, nobody has tried before
 * - `status` other than `attempting`: settled, send nothing
 * - `isExpired`: begun so long ago that sending again could be a second mail
 */
export const beginAttempt = async (
  sql: SqlExecutor,
  attempt: { outboxId: string; recipientNo: number; type: string; recipient: string; userId: number | null },
): Promise<Attempt> => {
  const inserted = await sql.query<{ id: number; status: DeliveryStatus; error: string | null }>(
    `INSERT INTO notification_log
       (outbox_id, recipient_no, type, recipient, user_id, attempted_at, status, error, settled_at)
     SELECT $1, $2, $3, $4, $5, now(), CASE WHEN suppressed THEN 'suppressed' ELSE 'attempting' END,
            CASE WHEN suppressed THEN $7::varchar END, CASE WHEN suppressed THEN now() END
     FROM (SELECT ${isSuppressed} AS suppressed) AS answer
     ON CONFLICT (outbox_id, recipient_no) DO NOTHING
     RETURNING id, status, error`,
    [
      attempt.outboxId,
      attempt.recipientNo,
      attempt.type,
      attempt.recipient,
      attempt.userId,
      optionalCategoryOf(attempt.type),
      SUPPRESSED,
    ],
  );
  const fresh = inserted.rows[0];
  if (fresh) return { logId: fresh.id, status: fresh.status, error: fresh.error, isFresh: true, isExpired: false };
  const { rows } = await sql.query<{ id: number; status: DeliveryStatus; error: string | null; expired: boolean }>(
    `SELECT id, status, error, attempted_at < now() - make_interval(hours => $3) AS expired
     FROM notification_log WHERE outbox_id = $1 AND recipient_no = $2`,
    [attempt.outboxId, attempt.recipientNo, ATTEMPT_WINDOW_HOURS],
  );
  const found = rows[0];
  // Withdrawn between the two statements by another process: as if it had never been there.
  if (!found) return beginAttempt(sql, attempt);
  const { id: logId, status, error, expired: isExpired } = found;
  return { logId, status, error, isFresh: false, isExpired };
};

/** Records how an attempt ended. One that was settled meanwhile, by the provider's webhook, keeps what that said. */
export const settleAttempt = async (
  sql: SqlExecutor,
  {
    logId,
    status,
    messageId,
    error,
  }: { logId: number; status: 'sent' | 'failed' | 'uncertain'; messageId?: string; error?: string },
): Promise<void> => {
  await sql.query(
    `UPDATE notification_log
     SET status = $2, message_id = COALESCE($3, message_id), error = $4, settled_at = now(), updated_at = now()
     WHERE id = $1 AND status IN ('attempting', 'uncertain')`,
    [logId, status, messageId ?? null, error ?? null],
  );
};

/** Takes an attempt back that certainly sent nothing: the next try begins a new one, with a window of its own. */
export const withdrawAttempt = async (sql: SqlExecutor, logId: number): Promise<void> => {
  await sql.query(`DELETE FROM notification_log WHERE id = $1 AND status = 'attempting'`, [logId]);
};

/**
 * Settles what is left unclear of a row that is given up: each recipient with an attempt whose end nobody knows.
 *
 * @returns of how many recipients nobody knows whether they got it, those settled so before among them
 */
export const settleOpenAttempts = async (
  sql: SqlExecutor,
  { outboxId, error }: { outboxId: string; error: string },
): Promise<number> => {
  await sql.query(
    `UPDATE notification_log SET status = 'uncertain', error = $2, settled_at = now(), updated_at = now()
     WHERE outbox_id = $1 AND status = 'attempting'`,
    [outboxId, error],
  );
  const { rows } = await sql.query<{ unclear: number }>(
    `SELECT count(*)::int AS unclear FROM notification_log WHERE outbox_id = $1 AND status = 'uncertain'`,
    [outboxId],
  );
  return rows[0]?.unclear ?? 0;
};
