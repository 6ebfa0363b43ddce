import {
  type Decision,
  decidable,
  type FailedList,
  type FailedNotification,
  type FailedQuery,
  type FailedStatus,
  notificationJobId,
} from '@convene/common';
import { inPoolTransaction, type SqlExecutor } from '@convene/coordination';
import type { Pool } from 'pg';
import { changeRowEnds, discardRows } from './rows';
import { NOTIFICATION_OUTBOX_CHANNEL } from './startRelay';

/**
 * Takes jobs out of the queue, wherever it is, so that their ids can be added again. Ids that it does not know are no
 * error.
 */
export type ForgetJobs = (jobIds: string[]) => Promise<unknown>;

/** Rows per transaction: a decision about all is made piece by piece. */
const CHUNK_ROWS = 200;

/** What failed for good or is uncertain, the latest first, and how many there are. */
export const listFailed = async (sql: SqlExecutor, { status, before, limit }: FailedQuery): Promise<FailedList> => {
  const { rows: counted } = await sql.query<{ status: FailedStatus; count: number }>(
    `SELECT status, count(*)::int AS count FROM notification_outbox
     WHERE status IN ('dead', 'uncertain') GROUP BY status`,
  );
  const { rows } = await sql.query<
    Omit<FailedNotification, 'createdAt' | 'closedAt'> & { createdAt: Date; closedAt: Date }
  >(
    `SELECT id, type, status, error, created_at AS "createdAt", closed_at AS "closedAt",
            jsonb_array_length(recipients) AS recipients
     FROM notification_outbox
     WHERE status IN ('dead', 'uncertain') AND ($1::varchar IS NULL OR status = $1) AND closed_at IS NOT NULL
       AND ($2::varchar IS NULL
            OR (closed_at, id) < (SELECT closed_at, id FROM notification_outbox WHERE id = $2))
     ORDER BY closed_at DESC, id DESC
     LIMIT $3`,
    [status ?? null, before ?? null, limit],
  );
  const countOf = (wanted: FailedStatus) => counted.find((row) => row.status === wanted)?.count ?? 0;
  return {
    counts: { dead: countOf('dead'), uncertain: countOf('uncertain') },
    notifications: rows.map(({ createdAt, closedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      closedAt: closedAt.toISOString(),
    })),
  };
};

/**
 * Who got the mail keeps it. An uncertain single send is asked for again under its key: within the provider's memory
 * that brings the answer of the first call instead of a second mail. What a batch left uncertain comes into another
 * batch. With nobody left who may have got it, the recipients are looked up anew: an address may have been corrected.
 */
const reopen = async (sql: SqlExecutor, ids: string[]): Promise<void> => {
  await sql.query(
    `UPDATE notification_log SET status = 'attempting', attempted_at = now(), settled_at = NULL, error = NULL, updated_at = now()
     WHERE outbox_id = ANY ($1) AND status = 'uncertain' AND batch_id IS NULL`,
    [ids],
  );
  await sql.query(
    `DELETE FROM notification_log WHERE outbox_id = ANY ($1) AND status IN ('failed', 'suppressed', 'uncertain')`,
    [ids],
  );
  await sql.query(
    `UPDATE notification_outbox AS outbox
     SET status = 'pending', closed_at = NULL, not_before = NULL, first_attempt_at = NULL, error = NULL,
         relayed_at = NULL, relay_count = 0, updated_at = now(),
         recipients = CASE WHEN EXISTS (SELECT FROM notification_log WHERE outbox_id = outbox.id) THEN recipients END
     WHERE id = ANY ($1)`,
    [ids],
  );
  // The table's trigger tells of new rows alone.
  await sql.query(`SELECT pg_notify($1, '')`, [NOTIFICATION_OUTBOX_CHANNEL]);
};

const markSent = async (sql: SqlExecutor, ids: string[]): Promise<void> => {
  await sql.query(
    `UPDATE notification_log SET status = 'sent', error = NULL, updated_at = now()
     WHERE outbox_id = ANY ($1) AND status = 'uncertain'`,
    [ids],
  );
  await changeRowEnds(sql, { ids, from: ['uncertain'], status: 'sent' });
};

const carryOut = {
  retry: reopen,
  'send-again': reopen,
  discard: discardRows,
  'mark-sent': markSent,
} as const satisfies Record<Decision, (sql: SqlExecutor, ids: string[]) => Promise<void>>;

const findDecidable = async (
  sql: SqlExecutor,
  { decision, ids }: { decision: Decision; ids: string[] | 'all' },
): Promise<string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT id FROM notification_outbox
     WHERE status = ANY ($1) AND status IN ('dead', 'uncertain') AND ($2::varchar[] IS NULL OR id = ANY ($2))
     ORDER BY closed_at, id`,
    [decidable[decision], ids === 'all' ? null : ids],
  );
  return rows.map(({ id }) => id);
};

/** Those of the rows that it still is for, when they are locked, with a record of it. */
const record = async (
  sql: SqlExecutor,
  { decision, ids, by }: { decision: Decision; ids: string[]; by: string },
): Promise<string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `WITH chosen AS (
       SELECT id, type, status, error FROM notification_outbox
       WHERE id = ANY ($1) AND status = ANY ($2) ORDER BY id FOR UPDATE
     )
     INSERT INTO notification_decisions (outbox_id, type, decision, decided_by, status_before, error_before)
     SELECT id, type, $3, $4, status, error FROM chosen
     RETURNING outbox_id AS id`,
    [ids, decidable[decision], decision, by],
  );
  return rows.map(({ id }) => id);
};

/**
 * Carries out what somebody decided about rows that failed or are uncertain, and records it. Rows that it is not for
 * are left alone, so it may be repeated.
 *
 * @param options.by who decided
 * @returns the rows that it was carried out for
 * @throws what `forgetJobs` throws while the queue is away; nothing is changed then
 */
export const decideOnFailed = async ({
  pool,
  forgetJobs,
  decision,
  ids,
  by,
}: {
  pool: Pool;
  forgetJobs: ForgetJobs;
  decision: Decision;
  ids: string[] | 'all';
  by: string;
}): Promise<string[]> => {
  // Found once: what is retried and fails again meanwhile is not retried again.
  const found = await findDecidable(pool, { decision, ids });
  const decided: string[] = [];
  for (let start = 0; start < found.length; start += CHUNK_ROWS) {
    const chunk = found.slice(start, start + CHUNK_ROWS);
    // First: the queue refuses an id that it knows, a failed job's too.
    await forgetJobs(chunk.map(notificationJobId));
    const carriedOut = await inPoolTransaction(pool, async (client) => {
      const recorded = await record(client, { decision, ids: chunk, by });
      await carryOut[decision](client, recorded);
      return recorded;
    });
    decided.push(...carriedOut);
  }
  return decided;
};
