import type { UsageReport } from '@convene/common';
import type { SqlExecutor } from './sql';

/** For so long a report is known again; whoever sends it gives up, or dies, long before. */
const KNOWN_FOR = '7 days';

/**
 * Adds the commands that a process of `app` reports to `redis_usage`, by one statement. A report that was added before
 * changes nothing, so it may be sent until one answer arrives.
 *
 * @returns whether it was this call that added it
 */
export const addRedisUsage = async (
  sql: SqlExecutor,
  { app, report: { reportId, entries } }: { app: string; report: UsageReport },
): Promise<boolean> => {
  const { rows } = await sql.query<{ added: boolean }>(
    `WITH report AS (
       INSERT INTO redis_usage_reports (id, app, commands)
       SELECT $1, $2, coalesce(sum(count), 0) FROM unnest($6::bigint[]) AS sent (count)
       ON CONFLICT (id) DO NOTHING RETURNING id
     ), forgotten AS (
       DELETE FROM redis_usage_reports WHERE created_at < now() - interval '${KNOWN_FOR}'
     ), entry AS (
       SELECT day, source, command, sum(count) AS count
       FROM unnest($3::varchar[], $4::varchar[], $5::varchar[], $6::bigint[]) AS sent (day, source, command, count)
       GROUP BY day, source, command
     ), added AS (
       INSERT INTO redis_usage AS usage (day, app, source, command, count)
       SELECT entry.day, $2, entry.source, entry.command, entry.count FROM entry CROSS JOIN report
       -- In one order, so that two processes never wait for each other's rows.
       ORDER BY entry.day, entry.source, entry.command
       ON CONFLICT (day, app, source, command)
         DO UPDATE SET count = usage.count + excluded.count, updated_at = now()
     )
     SELECT EXISTS (SELECT FROM report) AS added`,
    [
      reportId,
      app,
      entries.map(({ day }) => day),
      entries.map(({ source }) => source),
      entries.map(({ command }) => command),
      entries.map(({ count }) => count),
    ],
  );
  return rows[0]?.added === true;
};
