import type { SqlExecutor } from '@convene/coordination';

/** What is old enough to go at `$1` of what follows a send, by table: conditions that name rows nobody needs any more. */
export const deliveryRetention = {
  // Settled or given up: a batch's key means nothing to the provider after a day.
  notification_batches: `COALESCE(settled_at, updated_at) < $1::timestamptz - interval '30 days'`,
  // The provider repeats an event for hours, and a copy is refused after minutes by its time.
  webhook_events: `created_at < $1::timestamptz - interval '30 days'`,
  // As long as the log that they explain.
  notification_decisions: `created_at < $1::timestamptz - interval '180 days'`,
} as const;

const HASHED = 'sha256:';

/** The condition of log rows whose recipient is to be replaced by a hash at `$1`. */
export const recipientIsDueForHash = `settled_at < $1::timestamptz - interval '30 days' AND recipient NOT LIKE '${HASHED}%'`;

/**
 * Replaces the recipients of mails of more than 30 days ago by hashes, at most `limit` of them. Who got a mail stays
 * answerable for somebody who shows the address, and for nobody else.
 *
 * @returns how many
 */
export const hashOldRecipients = async (
  sql: SqlExecutor,
  { now, limit }: { now: Date; limit: number },
): Promise<number> => {
  const { rowCount } = await sql.query(
    `UPDATE notification_log
     SET recipient = '${HASHED}' || encode(sha256(convert_to(lower(recipient), 'UTF8')), 'hex'), updated_at = now()
     WHERE id IN (SELECT id FROM notification_log WHERE ${recipientIsDueForHash} LIMIT $2)`,
    [now, limit],
  );
  return rowCount ?? 0;
};
