import { randomUUID } from 'node:crypto';
import { type DeliveryStatus, type SendPriority, sendPriorities } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import { ATTEMPT_WINDOW_HOURS } from './attempts';
import { recipientEndOf, rowEndOf } from './rowEnd';
import { closeOutboxRows, type FrozenRecipient, frozenRecipientsSchema } from './rows';
import { isSuppressedSql, optionalCategoryOf, SUPPRESSED } from './suppressions';

/** How many mails the provider takes by one call. */
export const MAX_BATCH_SIZE = 100;

const BULK: SendPriority = 'bulk';

/**
 * SQL for how many people a row is written to, as far as its payload tells: a fan-out names up to a hundred in
 * `userIds`. Of the table or alias `row`.
 */
export const rowWeightSql = (row: string): string =>
  `CASE jsonb_typeof(${row}.payload -> 'userIds') WHEN 'array'
     THEN GREATEST(1, jsonb_array_length(${row}.payload -> 'userIds')) ELSE 1 END`;

/** One mail of a batch; the list of them is what a retry sends again. */
const batchEntrySchema = z.object({
  outboxId: z.string(),
  recipientNo: z.number().int().min(0),
  logId: z.number().int(),
});
export type BatchEntry = z.infer<typeof batchEntrySchema>;

const batchEntriesSchema = z.array(batchEntrySchema).min(1).max(MAX_BATCH_SIZE);

/**
 * - `sending`: its leader's job has it in hand
 * - `waiting`: its outcome is not known, and the next job that comes upon one of its rows sends it again
 * - `settled`: nothing is to be done any more
 */
export type BatchStatus = 'sending' | 'waiting' | 'settled';

export type Batch = {
  id: string;
  type: string;
  /** The outbox row whose job has it in hand. */
  leader: string;
  entries: BatchEntry[];
  /** Calls that were begun and may have sent it. */
  tries: number;
  /** First tried so long ago that sending it again could be a second mail to each. */
  isExpired: boolean;
};

type BatchRecord = Omit<Batch, 'entries'> & { entries: unknown };

const columns = `id, type, leader, entries, tries::int AS tries,
  COALESCE(first_tried_at < now() - make_interval(hours => ${ATTEMPT_WINDOW_HOURS}), false) AS "isExpired"`;

const toBatch = (record: BatchRecord): Batch => ({ ...record, entries: batchEntriesSchema.parse(record.entries) });

/** Whoever has a batch in hand moves it more often than this; after it another may take it. */
const TAKEOVER_SECONDS = 120;

/** A row that goes out together with others of its type. */
export type BulkRow = { id: string; type: string; payload: unknown; recipients: FrozenRecipient[] | null };

/**
 * The open rows that are due and go out together with the leader: the leader itself, and where it is one of many, those
 * of its type that come after it, then older ones, for as many recipients as a batch takes. Jobs that start at the same
 * time so find different rows: there is a leader for every hundred recipients. Rows that somebody has in hand are not
 * among them.
 */
export const findRowsOfBatch = async (
  sql: SqlExecutor,
  { leader, type, isBulk }: { leader: string; type: string; isBulk: boolean },
): Promise<BulkRow[]> => {
  const { rows } = await sql.query<Omit<BulkRow, 'recipients'> & { recipients: unknown }>(
    `WITH candidate AS (
       SELECT id, type, payload, recipients, created_at, ${rowWeightSql('outbox')} AS weight,
              (created_at, id) < (SELECT created_at, id FROM notification_outbox WHERE id = $1) AS is_older
       FROM notification_outbox AS outbox
       WHERE status IN ('pending', 'relayed') AND (not_before IS NULL OR not_before <= now())
         AND (id = $1 OR $3 AND type = $2 AND priority >= ${sendPriorities[BULK]})
         AND NOT EXISTS (SELECT FROM notification_log WHERE outbox_id = outbox.id AND status = 'attempting')
       ORDER BY is_older, created_at, id
       LIMIT ${MAX_BATCH_SIZE}
     ), weighed AS (
       SELECT *, sum(weight) OVER (ORDER BY is_older, created_at, id) AS total FROM candidate
     )
     SELECT id, type, payload, recipients FROM weighed
     WHERE total <= ${MAX_BATCH_SIZE} OR total = weight
     ORDER BY is_older, created_at, id`,
    [leader, type, isBulk],
  );
  return rows.map((row) => ({
    ...row,
    recipients: row.recipients === null ? null : frozenRecipientsSchema.parse(row.recipients),
  }));
};

/**
 * Keeps who gets each row's mail and marks the first try, by one statement. What somebody else kept before stays, and
 * is what comes back.
 */
export const freezeRecipientsOfRows = async (
  sql: SqlExecutor,
  rows: { id: string; recipients: FrozenRecipient[] }[],
): Promise<Map<string, FrozenRecipient[]>> => {
  const frozen = await sql.query<{ id: string; recipients: unknown }>(
    `WITH kept AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS kept (id varchar, recipients jsonb)
     ), locked AS (
       -- In one order, so that two processes never wait for each other's rows.
       SELECT id FROM notification_outbox WHERE id IN (SELECT id FROM kept) AND closed_at IS NULL ORDER BY id FOR UPDATE
     )
     UPDATE notification_outbox AS outbox
     SET recipients = COALESCE(outbox.recipients, kept.recipients),
         first_attempt_at = COALESCE(first_attempt_at, now()), updated_at = now()
     FROM kept JOIN locked USING (id)
     WHERE outbox.id = kept.id
     RETURNING outbox.id, outbox.recipients`,
    [JSON.stringify(rows)],
  );
  return new Map(frozen.rows.map(({ id, recipients }) => [id, frozenRecipientsSchema.parse(recipients)]));
};

const isSuppressed = isSuppressedSql({
  email: 'wanted.recipient',
  category: 'wanted.category',
  userId: 'wanted.user_id',
});

/**
 * Begins an attempt for each recipient that nobody has begun one for, and keeps the list of them as a batch, by one
 * statement. Two that want the same recipients at once share them out. Who is not written to is logged and left out.
 *
 * @returns null where nobody is left for this batch
 */
export const openBatch = async (
  sql: SqlExecutor,
  {
    leader,
    type,
    recipients,
  }: { leader: string; type: string; recipients: { outboxId: string; recipient: FrozenRecipient }[] },
): Promise<Batch | null> => {
  const id = randomUUID();
  const category = optionalCategoryOf(type);
  const wanted = recipients.map(({ outboxId, recipient }, position) => ({
    position,
    outbox_id: outboxId,
    recipient_no: recipient.no,
    recipient: recipient.email,
    user_id: recipient.userId,
    category,
  }));
  await sql.query(
    `WITH wanted AS (
       SELECT wanted.*, ${isSuppressed} AS suppressed
       FROM jsonb_to_recordset($4::jsonb)
         AS wanted (position int, outbox_id varchar, recipient_no numeric, recipient varchar, user_id numeric, category varchar)
       WHERE NOT EXISTS (
         SELECT FROM notification_log AS log
         WHERE log.outbox_id = wanted.outbox_id AND log.recipient_no = wanted.recipient_no)
       ORDER BY position
       LIMIT ${MAX_BATCH_SIZE}
     ), begun AS (
       INSERT INTO notification_log
         (outbox_id, recipient_no, type, recipient, user_id, batch_id, attempted_at, status, error, settled_at)
       SELECT outbox_id, recipient_no, $2, recipient, user_id, $1, now(),
              CASE WHEN suppressed THEN 'suppressed' ELSE 'attempting' END,
              CASE WHEN suppressed THEN $5::varchar END, CASE WHEN suppressed THEN now() END
       FROM wanted
       -- In one order, so that two processes never wait for each other's rows.
       ORDER BY outbox_id, recipient_no
       ON CONFLICT (outbox_id, recipient_no) DO NOTHING
       RETURNING id, outbox_id, recipient_no, status
     )
     INSERT INTO notification_batches (id, type, status, leader, entries, tries)
     SELECT $1, $2, 'sending', $3,
            jsonb_agg(jsonb_build_object('outboxId', outbox_id, 'recipientNo', recipient_no, 'logId', begun.id)
                      ORDER BY position),
            0
     FROM begun JOIN wanted USING (outbox_id, recipient_no)
     WHERE begun.status = 'attempting'
     HAVING count(*) > 0`,
    [id, type, leader, JSON.stringify(wanted), SUPPRESSED],
  );
  // Read back rather than returned: the statement may have run twice, its first answer lost with a connection.
  const { rows } = await sql.query<BatchRecord>(`SELECT ${columns} FROM notification_batches WHERE id = $1`, [id]);
  return rows[0] ? toBatch(rows[0]) : null;
};

/**
 * The batches that a row's job has to go on with: its own, left behind by a process that died, and those of others
 * that the row is part of and that nobody has in hand. They are the job's from now on.
 */
export const takeBatches = async (sql: SqlExecutor, leader: string): Promise<Batch[]> => {
  const { rows } = await sql.query<BatchRecord>(
    `UPDATE notification_batches AS batch
     SET leader = $1, status = 'sending', updated_at = now()
     WHERE status IN ('sending', 'waiting')
       AND (leader = $1
            OR (status = 'waiting' OR updated_at < now() - make_interval(secs => ${TAKEOVER_SECONDS}))
              AND id IN (SELECT batch_id FROM notification_log WHERE outbox_id = $1 AND status = 'attempting'))
     RETURNING ${columns}`,
    [leader],
  );
  return rows.map(toBatch);
};

/** Marks a call that begins. */
export const beginBatchTry = async (sql: SqlExecutor, id: string): Promise<void> => {
  await sql.query(
    `UPDATE notification_batches
     SET tries = tries + 1, first_tried_at = COALESCE(first_tried_at, now()), last_tried_at = now(), updated_at = now()
     WHERE id = $1`,
    [id],
  );
};

/** None of the calls so far can have sent anything: the batch's time begins anew. */
export const forgetBatchTries = async (
  sql: SqlExecutor,
  { id, leader }: Pick<Batch, 'id' | 'leader'>,
): Promise<void> => {
  await sql.query(
    `UPDATE notification_batches SET tries = 0, first_tried_at = NULL, updated_at = now() WHERE id = $1 AND leader = $2`,
    [id, leader],
  );
};

/** Leaves a batch for later, its list untouched: an earlier call may have been accepted. */
export const parkBatch = async (sql: SqlExecutor, { id, reason }: { id: string; reason: string }): Promise<void> => {
  await sql.query(
    `UPDATE notification_batches SET status = 'waiting', error = $2, updated_at = now()
     WHERE id = $1 AND status = 'sending'`,
    [id, reason],
  );
};

/** Takes a batch back that certainly sent nothing: its recipients are free for the next one. */
export const dissolveBatch = async (sql: SqlExecutor, { id, leader }: Pick<Batch, 'id' | 'leader'>): Promise<void> => {
  await sql.query(
    `WITH dissolved AS (DELETE FROM notification_batches WHERE id = $1 AND leader = $2 RETURNING id)
     DELETE FROM notification_log
     WHERE batch_id IN (SELECT id FROM dissolved) AND status = 'attempting'`,
    [id, leader],
  );
};

/**
 * Cuts a batch in two, each with a key of its own: it was refused as a whole, and one of its mails is why.
 *
 * @returns the halves, in hand of the same leader
 */
export const splitBatch = async (sql: SqlExecutor, { id, leader, type, entries }: Batch): Promise<Batch[]> => {
  const middle = Math.ceil(entries.length / 2);
  const halves = [entries.slice(0, middle), entries.slice(middle)].map((half) => ({ id: randomUUID(), entries: half }));
  const { rows } = await sql.query<BatchRecord>(
    `WITH whole AS (
       DELETE FROM notification_batches WHERE id = $1 RETURNING id
     ), half AS (
       INSERT INTO notification_batches (id, type, status, leader, entries, tries)
       SELECT half.id, $2, 'sending', $3, half.entries, 0
       FROM jsonb_to_recordset($4::jsonb) AS half (id varchar, entries jsonb) CROSS JOIN whole
       RETURNING *
     ), moved AS (
       UPDATE notification_log AS log SET batch_id = half.id, updated_at = now()
       FROM half CROSS JOIN jsonb_array_elements(half.entries) AS entry
       WHERE log.id = (entry ->> 'logId')::int AND log.status = 'attempting'
     )
     SELECT ${columns} FROM half`,
    [id, type, leader, JSON.stringify(halves)],
  );
  return rows.map(toBatch);
};

export type SettledEntry = {
  logId: number;
  status: 'sent' | 'failed' | 'uncertain';
  messageId?: string;
  error?: string;
};

/** Records how a batch's attempts ended, by one statement; what a webhook told meanwhile stays. */
export const settleAttempts = async (sql: SqlExecutor, ends: SettledEntry[]): Promise<void> => {
  const records = ends.map(({ logId, status, messageId = null, error = null }) => ({
    log_id: logId,
    status,
    message_id: messageId,
    error,
  }));
  await sql.query(
    `UPDATE notification_log AS log
     SET status = ended.status, message_id = COALESCE(ended.message_id, log.message_id), error = ended.error,
         settled_at = now(), updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS ended (log_id int, status varchar, message_id varchar, error varchar)
     WHERE log.id = ended.log_id AND log.status IN ('attempting', 'uncertain')`,
    [JSON.stringify(records)],
  );
};

/** Nothing is to be done with the batch any more. The last of its steps: before it, another job may repeat them. */
export const settleBatch = async (sql: SqlExecutor, { id, error }: { id: string; error?: string }): Promise<void> => {
  await sql.query(
    `UPDATE notification_batches SET status = 'settled', error = $2, settled_at = now(), updated_at = now()
     WHERE id = $1`,
    [id, error ?? null],
  );
};

/** Of these attempts, those that are still open. */
export const findOpenAttempts = async (sql: SqlExecutor, logIds: number[]): Promise<Set<number>> => {
  const { rows } = await sql.query<{ id: number }>(
    `SELECT id FROM notification_log WHERE id = ANY ($1) AND status = 'attempting'`,
    [logIds],
  );
  return new Set(rows.map(({ id }) => id));
};

/** What a batch's mails are rendered from: the rows with their frozen recipients, by id. */
export const loadBatchRows = async (
  sql: SqlExecutor,
  outboxIds: string[],
): Promise<Map<string, { type: string; payload: unknown; recipients: FrozenRecipient[] }>> => {
  const { rows } = await sql.query<{ id: string; type: string; payload: unknown; recipients: unknown }>(
    `SELECT id, type, payload, COALESCE(recipients, '[]') AS recipients FROM notification_outbox WHERE id = ANY ($1)`,
    [outboxIds],
  );
  return new Map(
    rows.map(({ id, type, payload, recipients }) => [
      id,
      { type, payload, recipients: frozenRecipientsSchema.parse(recipients) },
    ]),
  );
};

/**
 * Closes each of the rows whose recipients are all settled, as their ends have it.
 *
 * @returns the rows that are closed by it, with their ends
 */
export const closeSettledRows = async (
  sql: SqlExecutor,
  ids: string[],
): Promise<({ id: string } & ReturnType<typeof rowEndOf>)[]> => {
  const { rows } = await sql.query<{
    id: string;
    recipients: number;
    attempts: { status: DeliveryStatus; error: string | null }[];
  }>(
    `SELECT outbox.id, jsonb_array_length(outbox.recipients) AS recipients,
            jsonb_agg(jsonb_build_object('status', log.status, 'error', log.error) ORDER BY recipient_no) AS attempts
     FROM notification_outbox AS outbox JOIN notification_log AS log ON log.outbox_id = outbox.id
     WHERE outbox.id = ANY ($1) AND outbox.closed_at IS NULL AND outbox.recipients IS NOT NULL
     GROUP BY outbox.id`,
    [ids],
  );
  const ended = rows.flatMap(({ id, recipients, attempts }) => {
    const ends = attempts.flatMap((attempt) => recipientEndOf(attempt) ?? []);
    return ends.length === recipients ? [{ id, ...rowEndOf(ends) }] : [];
  });
  const idsByEnd = new Map<string, { ids: string[]; end: ReturnType<typeof rowEndOf> }>();
  for (const { id, ...end } of ended) {
    const key = JSON.stringify(end);
    const group = idsByEnd.get(key) ?? { ids: [], end };
    group.ids.push(id);
    idsByEnd.set(key, group);
  }
  for (const { ids: alike, end } of idsByEnd.values()) {
    await closeOutboxRows(sql, { ids: alike, status: end.status, ...(end.error === null ? {} : { error: end.error }) });
  }
  return ended;
};

/** Of these open rows, those that were first tried so long ago that there is no time left to wait for that long. */
export const findRowsOutOfTime = async (
  sql: SqlExecutor,
  { ids, delaySeconds }: { ids: string[]; delaySeconds: number },
): Promise<string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT id FROM notification_outbox
     WHERE id = ANY ($1) AND closed_at IS NULL
       AND first_attempt_at < now() + make_interval(secs => $2) - make_interval(hours => ${ATTEMPT_WINDOW_HOURS})`,
    [ids, delaySeconds],
  );
  return rows.map(({ id }) => id);
};
