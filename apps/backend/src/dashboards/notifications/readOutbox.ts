import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

const outboxSchema = z.object({
  type: z.string(),
  pending: z.number(),
  later: z.number(),
  relayed: z.number(),
  oldest: z.date().nullable(),
});
export type OutboxRow = z.output<typeof outboxSchema>;

/**
 * What is not at its end, by type: to be relayed now, to be relayed at a later time, and in the queue. The age is that
 * of the oldest which should be on its way: since it was written, or since its time has come.
 */
export const readOutbox = async (sql: SqlExecutor): Promise<OutboxRow[]> => {
  const { rows } = await sql.query(
    `SELECT type,
            count(*) FILTER (WHERE status = 'pending' AND coalesce(not_before, now()) <= now())::int AS pending,
            count(*) FILTER (WHERE status = 'pending' AND not_before > now())::int AS later,
            count(*) FILTER (WHERE status = 'relayed')::int AS relayed,
            min(greatest(created_at, coalesce(not_before, created_at)))
              FILTER (WHERE coalesce(not_before, now()) <= now()) AS oldest
     FROM notification_outbox WHERE status IN ('pending', 'relayed')
     GROUP BY type ORDER BY oldest NULLS LAST, type`,
  );
  return z.array(outboxSchema).parse(rows);
};
