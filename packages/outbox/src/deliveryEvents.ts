import type { DeliveryStatus, SuppressionReason } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { recipientEndOf, rowEndOf } from './rowEnd';
import { changeRowEnds, type FinalOutboxStatus } from './rows';
import { suppressAddress } from './suppressions';

/** What the provider reports of a mail. A delay changes nothing but is worth knowing. */
export const deliveryEventKinds = [
  'sent',
  'delayed',
  'failed',
  'suppressed',
  'delivered',
  'bounced',
  'complained',
] as const;
export type DeliveryEventKind = (typeof deliveryEventKinds)[number];

/** How far a mail has come: what is further is never taken back, in whatever order the events arrive. */
const progress: Record<DeliveryStatus, number> = {
  attempting: 0,
  uncertain: 0,
  sent: 1,
  failed: 2,
  suppressed: 2,
  delivered: 3,
  // A mail server that took a mail may still return it.
  bounced: 4,
  complained: 5,
};

/** The status of a mail after an event. The order of the events makes no difference to where they lead. */
export const statusAfter = (status: DeliveryStatus, kind: DeliveryEventKind): DeliveryStatus => {
  // It was taken by the provider, whatever the answer was.
  const told: DeliveryStatus = kind === 'delayed' ? 'sent' : kind;
  return progress[told] > progress[status] ? told : status;
};

export type DeliveryEvent = {
  /** The provider's id of the event: the same for every delivery of it. */
  id: string;
  kind: DeliveryEventKind;
  occurredAt: Date;
  messageId: string;
  /** The mail's tags; null where it has none. */
  logId: number | null;
  outboxId: string | null;
  /** The one address that it was sent to; null where that can't be told. */
  recipient: string | null;
  /** A bounce that says the address can't be written to at all. */
  isHardBounce: boolean;
  /** What the provider says of it, without addresses. */
  detail: string | null;
};

/** - `repeated`: known already; `unknown`: of a mail that is not in our log, for example another environment's */
export type DeliveryEventOutcome = 'applied' | 'unknown' | 'repeated';

type LogRow = { id: number; outboxId: string; status: DeliveryStatus };

/** By the tags, which are there before the provider's answer is; each environment of an account has its own rows. */
const lockLogRow = async (sql: SqlExecutor, event: DeliveryEvent): Promise<LogRow | null> => {
  const { rows } = await sql.query<LogRow>(
    `SELECT id, outbox_id AS "outboxId", status FROM notification_log
     WHERE id = $1 AND outbox_id = $2 OR message_id = $3
     ORDER BY id LIMIT 1 FOR UPDATE`,
    [event.logId, event.outboxId, event.messageId],
  );
  return rows[0] ?? null;
};

const isHardSuppression = ({ kind, isHardBounce }: DeliveryEvent): SuppressionReason | null => {
  if (kind === 'complained') return 'complaint';
  // The provider's own list holds what bounced or complained before.
  return (kind === 'bounced' && isHardBounce) || kind === 'suppressed' ? 'bounce' : null;
};

/**
 * Those of the rows whose end was not certain, and all of whose recipients are known. Locked, so that of two reports
 * about two recipients the later one sees both.
 */
export const settleUncertainRows = async (
  sql: SqlExecutor,
  outboxIds: string[],
  from: FinalOutboxStatus[] = ['uncertain'],
): Promise<void> => {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT id FROM notification_outbox WHERE id = ANY ($1) AND status = ANY ($2) ORDER BY id FOR UPDATE`,
    [outboxIds, from],
  );
  for (const { id } of rows) await settleUncertainRow(sql, id, from);
};

/** A row of which nobody knew whether it was sent ends as its recipients do, once all of them are known. */
const settleUncertainRow = async (sql: SqlExecutor, outboxId: string, from: FinalOutboxStatus[]): Promise<void> => {
  const { rows } = await sql.query<{ status: DeliveryStatus; error: string | null }>(
    `SELECT log.status, log.error FROM notification_outbox AS outbox JOIN notification_log AS log ON log.outbox_id = outbox.id
     WHERE outbox.id = $1 AND outbox.status = ANY ($2)
     ORDER BY log.recipient_no`,
    [outboxId, from],
  );
  const ends = rows.flatMap((row) => recipientEndOf(row) ?? []);
  if (ends.length === 0 || ends.length < rows.length) return;
  const { status, error } = rowEndOf(ends);
  await changeRowEnds(sql, { ids: [outboxId], from, status, ...(error === null ? {} : { error }) });
};

/**
 * Records what the provider reports of a mail, once for each event, in the transaction that `sql` runs in: the log's
 * row comes to where the event leads, a row that was uncertain is settled, and an address that bounced for good or
 * complained is not written to any more.
 */
export const recordDeliveryEvent = async (sql: SqlExecutor, event: DeliveryEvent): Promise<DeliveryEventOutcome> => {
  const { rowCount } = await sql.query(
    `INSERT INTO webhook_events (id, type, message_id, log_id, occurred_at, outcome)
     VALUES ($1, $2, $3, $4, $5, 'applied') ON CONFLICT (id) DO NOTHING`,
    [event.id, event.kind, event.messageId, event.logId, event.occurredAt],
  );
  if (rowCount === 0) return 'repeated';
  const reason = isHardSuppression(event);
  if (reason && event.recipient !== null) {
    await suppressAddress(sql, {
      email: event.recipient,
      reason,
      ...(event.detail === null ? {} : { detail: event.detail }),
    });
  }
  const row = await lockLogRow(sql, event);
  if (!row) {
    await sql.query(`UPDATE webhook_events SET outcome = 'unknown', updated_at = now() WHERE id = $1`, [event.id]);
    return 'unknown';
  }
  const status = statusAfter(row.status, event.kind);
  await sql.query(
    `UPDATE notification_log
     SET message_id = $2, settled_at = COALESCE(settled_at, now()), updated_at = now(),
         last_event = CASE WHEN $4 >= COALESCE(last_event_at, '-infinity') THEN $3 ELSE last_event END,
         last_event_at = GREATEST(last_event_at, $4),
         error = CASE WHEN status = $5 THEN error ELSE $6::varchar END,
         status = $5
     WHERE id = $1`,
    [row.id, event.messageId, event.kind, event.occurredAt, status, event.detail],
  );
  if (status !== row.status && (row.status === 'uncertain' || status === 'failed')) {
    // A failure also proves wrong that the mail was sent: the provider had taken it, and could not send it.
    await settleUncertainRows(sql, [row.outboxId], status === 'failed' ? ['uncertain', 'sent'] : ['uncertain']);
  }
  return 'applied';
};
