import type { SqlExecutor } from '@convene/coordination';

/** What is old enough to go of what follows a send, by table: conditions that name rows nobody needs any more. */
export const deliveryRetention = {
  // Settled or given up: a batch's key means nothing to the provider after a day.
  notification_batches: { key: 'id', where: `COALESCE(settled_at, updated_at) < now() - interval '30 days'` },
  // The provider repeats an event for hours, and a copy is refused after minutes by its time.
  webhook_events: { key: 'id', where: `created_at < now() - interval '30 days'` },
  // As long as the log that they explain.
  notification_decisions: { key: 'id', where: `created_at < now() - interval '180 days'` },
} as const;

const HASHED = 'sha256:';

/** The condition of log rows whose recipient is to be replaced by a hash. */
export const recipientIsDueForHash = `settled_at < now() - interval '30 days' AND recipient NOT LIKE '${HASHED}%'`;

/**
 * Replaces the recipients of mails of more than 30 days ago by hashes, at most `limit` of them. Who got a mail stays
 * answerable for somebody who shows the address, and for nobody else.
 *
 * @returns how many
 */
export const hashOldRecipients = async (sql: SqlExecutor, { limit }: { limit: number }): Promise<number> => {
  const { rowCount } = await sql.query(
    `UPDATE notification_log
     SET recipient = '${HASHED}' || encode(sha256(convert_to(lower(recipient), 'UTF8')), 'hex'), updated_at = now()
     WHERE id IN (SELECT id FROM notification_log WHERE ${recipientIsDueForHash} LIMIT $1)`,
    [limit],
  );
  return rowCount ?? 0;
};
