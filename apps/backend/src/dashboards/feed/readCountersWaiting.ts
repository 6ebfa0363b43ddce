import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

const waitingSchema = z.object({
  outboxRows: z.number(),
  outboxOldest: z.date().nullable(),
  gaveUp: z.number(),
  batches: z.number(),
});
export type CountersWaiting = z.output<typeof waitingSchema>;

/**
 * What of the counters is known to wait without asking Redis: favourites and bookings on their way to it, and batches
 * that are in Postgres and not yet acknowledged.
 */
export const readCountersWaiting = async (sql: SqlExecutor): Promise<CountersWaiting> => {
  const { rows } = await sql.query(
    `SELECT count(*) FILTER (WHERE gave_up_at IS NULL)::int AS "outboxRows",
            min(created_at) FILTER (WHERE gave_up_at IS NULL) AS "outboxOldest",
            count(*) FILTER (WHERE gave_up_at IS NOT NULL)::int AS "gaveUp",
            (SELECT count(*)::int FROM flush_batches WHERE acknowledged_at IS NULL) AS batches
     FROM counter_outbox WHERE recorded_at IS NULL`,
  );
  return waitingSchema.parse(rows[0]);
};
