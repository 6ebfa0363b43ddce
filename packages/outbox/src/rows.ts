import { localeSchema, type OutboxStatus, secretPayloadFields, sendPriorities } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

/**
 * Somebody a row's mail goes to. Kept in the row before the first try, so that a retry sends the same mail to the same
 * address whatever has changed in the account since.
 */
export const frozenRecipientSchema = z.object({
  /** The number of the recipient within its row, from 0: part of the idempotency key. */
  no: z.number().int().min(0),
  userId: z.number().int().positive().nullable(),
  email: z.string().min(3),
  displayName: z.string(),
  locale: localeSchema,
});
export type FrozenRecipient = z.infer<typeof frozenRecipientSchema>;

export const frozenRecipientsSchema = z.array(frozenRecipientSchema);

export const finalOutboxStatuses = [
  'sent',
  'suppressed',
  'dead',
  'discarded',
  'uncertain',
] as const satisfies OutboxStatus[];
export type FinalOutboxStatus = (typeof finalOutboxStatuses)[number];

/** A row as the worker reads it; type and payload are not validated yet. */
export type OutboxRow = {
  id: string;
  type: string;
  payload: unknown;
  status: OutboxStatus;
  /** One of many of its kind: goes out together with the others. */
  isBulk: boolean;
  notBefore: Date | null;
  isDue: boolean;
  /** Null until the recipients are frozen. */
  recipients: FrozenRecipient[] | null;
  firstAttemptAt: Date | null;
  /** How long ago the first try began, by Postgres' clock; 0 before it. */
  ageSeconds: number;
  closedAt: Date | null;
  /** The trace of what caused it; null where nobody traces. */
  traceParent: string | null;
};

/** The row of that id; null where there is none (any more). */
export const loadOutboxRow = async (sql: SqlExecutor, id: string): Promise<OutboxRow | null> => {
  const { rows } = await sql.query<Omit<OutboxRow, 'recipients'> & { recipients: unknown }>(
    `SELECT id, type, payload, status, COALESCE(priority >= ${sendPriorities.bulk}, false) AS "isBulk",
            not_before AS "notBefore", recipients, first_attempt_at AS "firstAttemptAt",
            (not_before IS NULL OR not_before <= now()) AS "isDue",
            COALESCE(extract(epoch FROM now() - first_attempt_at), 0)::float8 AS "ageSeconds",
            closed_at AS "closedAt", trace_parent AS "traceParent"
     FROM notification_outbox WHERE id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row) return null;
  return { ...row, recipients: row.recipients === null ? null : frozenRecipientsSchema.parse(row.recipients) };
};

const rowEndSchema = z.object({ status: z.enum(finalOutboxStatuses), error: z.string().nullable() });

/** How the row ended; null for one that is open, or gone. */
export const loadRowEnd = async (
  sql: SqlExecutor,
  id: string,
): Promise<{ status: FinalOutboxStatus; error: string | null } | null> => {
  const { rows } = await sql.query<{ status: string; error: string | null }>(
    'SELECT status, error FROM notification_outbox WHERE id = $1 AND closed_at IS NOT NULL',
    [id],
  );
  return rows[0] ? rowEndSchema.parse(rows[0]) : null;
};

/**
 * Keeps who gets the row's mail and marks the first try. Only the first call does: whoever comes second gets what the
 * first one kept.
 */
export const freezeRecipients = async (
  sql: SqlExecutor,
  { id, recipients }: { id: string; recipients: FrozenRecipient[] },
): Promise<FrozenRecipient[]> => {
  const { rows } = await sql.query<{ recipients: unknown }>(
    `UPDATE notification_outbox
     SET recipients = COALESCE(recipients, $2::jsonb), first_attempt_at = COALESCE(first_attempt_at, now()),
         updated_at = now()
     WHERE id = $1
     RETURNING recipients`,
    [id, JSON.stringify(recipients)],
  );
  if (!rows[0]) throw new Error(`the outbox row ${id} is gone`);
  return frozenRecipientsSchema.parse(rows[0].recipients);
};

/** What is kept of a payload under a row's end, `$2`: what may be sent again needs all of it. `secrets` places the fields. */
const payloadAfterEnd = (secrets: `$${number}`): string =>
  `CASE WHEN $2::varchar IN ('sent', 'suppressed', 'discarded') THEN payload - ${secrets}::text[] ELSE payload END`;

/**
 * Closes a row for good; only the worker does. A row that is closed already stays as it is.
 * Once there is nothing to be sent again, the payload loses its secrets and the addresses it had to carry.
 *
 * @returns whether this call closed it
 */
export const closeOutboxRow = async (
  sql: SqlExecutor,
  { id, ...end }: { id: string; status: FinalOutboxStatus; error?: string },
): Promise<boolean> => (await closeOutboxRows(sql, { ids: [id], ...end })) === 1;

/** Closes several rows with the same end, as {@link closeOutboxRow} does one. Answers how many were still open. */
export const closeOutboxRows = async (
  sql: SqlExecutor,
  { ids, status, error }: { ids: string[]; status: FinalOutboxStatus; error?: string },
): Promise<number> => {
  const { rowCount } = await sql.query(
    `UPDATE notification_outbox
     SET status = $2::varchar, error = $3, closed_at = now(), updated_at = now(),
         payload = ${payloadAfterEnd('$4')}
     WHERE id = ANY ($1) AND closed_at IS NULL`,
    [ids, status, error ?? null, secretPayloadFields],
  );
  return rowCount ?? 0;
};

/** Gives rows that are closed as `from` another end, which became known or was decided. Answers which they were. */
export const changeRowEnds = async (
  sql: SqlExecutor,
  { ids, from, status, error }: { ids: string[]; from: FinalOutboxStatus[]; status: FinalOutboxStatus; error?: string },
): Promise<string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `UPDATE notification_outbox
     SET status = $2::varchar, error = $3, updated_at = now(), payload = ${payloadAfterEnd('$5')}
     WHERE id = ANY ($1) AND status = ANY ($4)
     RETURNING id`,
    [ids, status, error ?? null, from, secretPayloadFields],
  );
  return rows.map(({ id }) => id);
};

/** Ends rows that somebody decided not to send; why they had failed stays. */
export const discardRows = async (sql: SqlExecutor, ids: string[]): Promise<void> => {
  await sql.query(
    `UPDATE notification_outbox
     SET status = $2::varchar, closed_at = COALESCE(closed_at, now()), updated_at = now(),
         payload = ${payloadAfterEnd('$3')}
     WHERE id = ANY ($1)`,
    [ids, 'discarded', secretPayloadFields],
  );
};

/**
 * Puts an open row back for later: it waits in Postgres, where waiting costs no Redis command and survives everything,
 * and the relay adds it to the queue again when it is due.
 *
 * @param options.restartWindow forget when the first try was: it certainly reached nobody
 */
export const postponeOutboxRow = (
  sql: SqlExecutor,
  { id, ...delay }: { id: string; delaySeconds: number; reason: string; restartWindow?: boolean },
): Promise<void> => postponeOutboxRows(sql, { ids: [id], ...delay });

/** Puts several rows back, as {@link postponeOutboxRow} does one. */
export const postponeOutboxRows = async (
  sql: SqlExecutor,
  {
    ids,
    delaySeconds,
    reason,
    restartWindow = false,
  }: { ids: string[]; delaySeconds: number; reason: string; restartWindow?: boolean },
): Promise<void> => {
  await sql.query(
    `UPDATE notification_outbox
     SET status = 'pending', not_before = now() + make_interval(secs => $2), error = $3, updated_at = now(),
         relay_count = 0, first_attempt_at = CASE WHEN $4 THEN NULL ELSE first_attempt_at END
     WHERE id = ANY ($1) AND closed_at IS NULL`,
    [ids, delaySeconds, reason, restartWindow],
  );
};

/** The rows that still wait: how many in the outbox, how many in the queue, and since when the oldest. */
export const countOpenOutboxRows = async (
  sql: SqlExecutor,
): Promise<{ pending: number; relayed: number; oldestSeconds: number }> => {
  const { rows } = await sql.query<{ pending: number; relayed: number; oldestSeconds: number }>(
    `SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
            count(*) FILTER (WHERE status = 'relayed')::int AS relayed,
            COALESCE(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
     FROM notification_outbox WHERE status IN ('pending', 'relayed')`,
  );
  return rows[0] ?? { pending: 0, relayed: 0, oldestSeconds: 0 };
};
