import { addUtcDays, startOfUtcDay, type UtcDay, utcDayOf } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import type { DaySpan } from '../components/utcDays';

const usageSchema = z.object({
  day: z.string(),
  app: z.string(),
  source: z.string(),
  command: z.string(),
  count: z.number(),
});
export type UsageRow = z.output<typeof usageSchema>;

/** The commands that the apps have reported, by day, app, source and command. Postgres alone is asked. */
export const readUsage = async (sql: SqlExecutor, { from, to }: DaySpan): Promise<UsageRow[]> => {
  const { rows } = await sql.query(
    `SELECT day, app, source, command, count::float8 AS count FROM redis_usage
     WHERE day BETWEEN $1 AND $2 ORDER BY day DESC, app, source, command`,
    [from, to],
  );
  return z.array(usageSchema).parse(rows);
};

export type DayShape = { total: number; untilNow: number };

const shapeSchema = z.object({ day: z.string(), total: z.number(), counted: z.number(), untilNow: z.number() });

/**
 * How many commands yesterday had, and how many of them by this time of day: by when its reports came in, and evenly
 * over the day where they did not say how much they held. Null where yesterday is not known.
 */
export const readYesterday = async (sql: SqlExecutor, now: Date): Promise<DayShape | null> => {
  const yesterday: UtcDay = addUtcDays(utcDayOf(now), -1);
  const { rows } = await sql.query(
    `SELECT $1 AS day,
            (SELECT coalesce(sum(count), 0)::float8 FROM redis_usage WHERE day = $1) AS total,
            coalesce(sum(commands), 0)::float8 AS counted,
            coalesce(sum(commands) FILTER (WHERE created_at <= $2::timestamptz - interval '1 day'), 0)::float8 AS "untilNow"
     FROM redis_usage_reports
     WHERE created_at >= $3 AND created_at < $4`,
    [yesterday, now, startOfUtcDay(yesterday), startOfUtcDay(utcDayOf(now))],
  );
  const { total, counted, untilNow } = shapeSchema.parse(rows[0]);
  if (total === 0) return null;
  const share = counted >= total / 2 ? untilNow / counted : dayShareOf(now);
  return { total, untilNow: total * share };
};

/** How much of its UTC day is over, from 0 to 1. */
export const dayShareOf = (now: Date): number => (now.getTime() - startOfUtcDay(utcDayOf(now)).getTime()) / 86_400_000;
