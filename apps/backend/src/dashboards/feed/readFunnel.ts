import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import type { DaySpan } from '../components/utcDays';

const funnelSchema = z.object({
  day: z.string(),
  kind: listingKindSchema,
  impressions: z.number(),
  views: z.number(),
  favorites: z.number(),
  bookings: z.number(),
});
export type FunnelRow = z.output<typeof funnelSchema>;
export const funnelSteps = ['impressions', 'views', 'favorites', 'bookings'] as const;
export type FunnelStep = (typeof funnelSteps)[number];
export type Funnel = Record<FunnelStep, number>;

/** What was counted by day and kind, from the totals that triggers keep beside `metrics_daily`. */
export const readFunnel = async (sql: SqlExecutor, { from, to }: DaySpan): Promise<FunnelRow[]> => {
  const { rows } = await sql.query(
    `SELECT day, kind, ${funnelSteps.map((step) => `sum(${step})::float8 AS ${step}`).join(', ')}
     FROM feed_totals WHERE day BETWEEN $1 AND $2 GROUP BY day, kind ORDER BY day, kind`,
    [from, to],
  );
  return z.array(funnelSchema).parse(rows);
};

/** The sums of some of the rows. */
export const funnelOf = (rows: FunnelRow[], kind?: ListingKind): Funnel => {
  const sums: Funnel = { impressions: 0, views: 0, favorites: 0, bookings: 0 };
  for (const row of rows) {
    if (kind && row.kind !== kind) continue;
    for (const step of funnelSteps) sums[step] += row[step];
  }
  return sums;
};
