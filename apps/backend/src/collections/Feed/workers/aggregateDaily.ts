import { metrics } from '@convene/common/metrics';
import { addUtcDays, utcDayOf } from '@convene/common/time';
import { inPoolTransaction, withLease } from '@convene/coordination';
import type { Pool } from 'pg';
import { getPool } from '../../../utils/postgres';
import { compactTotals } from './compactTotals';
import { MORE_MEMORY } from './moreMemory';

export type AggregateSummary = {
  /** False where another process is aggregating at the moment; nothing was done then. */
  ran: boolean;
  listings: number;
  /** Rows of listings that are gone. */
  removed: number;
};

const LEASE = { name: 'feed:aggregate', ttlSeconds: 120 };

/** A rating is drawn towards the mean of all as by so many reviews at it: of one enthusiast alone little is known. */
const RATING_PRIOR_REVIEWS = 10;

/** $1 and $2: the first of the last 7 and of the last 30 days, today included. */
const spans = [
  { column: '7d', filter: ' FILTER (WHERE daily.day >= $1)' },
  { column: '30d', filter: ' FILTER (WHERE daily.day >= $2)' },
  { column: 'all', filter: '' },
];
const sums = metrics.flatMap((metric) =>
  spans.map(({ column, filter }) => ({
    column: `${metric}_${column}`,
    value: `coalesce(sum(daily.${metric})${filter}, 0)`,
  })),
);

const LISTINGS = `
  SELECT 'locations' AS kind, id FROM locations WHERE deleted_at IS NULL
  UNION ALL SELECT 'events', id FROM events WHERE deleted_at IS NULL
  UNION ALL SELECT 'services', id FROM services WHERE deleted_at IS NULL`;

/** What approved reviews say: no rating of a listing without any. */
const ratings = [
  { column: 'review_count', value: 'coalesce(reviewed.reviews, 0)' },
  { column: 'rating_average', value: 'reviewed.stars / reviewed.reviews' },
  {
    column: 'rating_bayesian',
    value: `(reviewed.stars + ${RATING_PRIOR_REVIEWS} * every.mean) / (reviewed.reviews + ${RATING_PRIOR_REVIEWS})`,
  },
];

const columns = [...sums, ...ratings].map(({ column }) => column);

const UPSERT = `
  WITH reviewed AS MATERIALIZED (
    SELECT kind, listing_id::int AS listing_id, count(*) AS reviews, sum(rating) AS stars
    FROM reviews WHERE moderation_status = 'approved' AND deleted_at IS NULL GROUP BY kind, listing_id
  ), every AS MATERIALIZED (
    SELECT sum(stars) / sum(reviews) AS mean FROM reviewed
  ), summed AS (
    SELECT listing.kind, listing.id, ${sums.map(({ column, value }) => `${value} AS "${column}"`).join(', ')}
    FROM (${LISTINGS}) AS listing
    LEFT JOIN metrics_daily AS daily ON daily.kind = listing.kind AND daily.listing_id = listing.id
    GROUP BY listing.kind, listing.id
  )
  INSERT INTO aggregates (kind, listing_id, ${columns.join(', ')}, computed_at)
  SELECT summed.kind, summed.id, ${sums.map(({ column }) => `summed."${column}"`).join(', ')},
         ${ratings.map(({ value }) => value).join(', ')}, $3
  FROM summed
  CROSS JOIN every
  LEFT JOIN reviewed ON reviewed.kind = summed.kind AND reviewed.listing_id = summed.id
  ORDER BY summed.kind, summed.id
  ON CONFLICT (kind, listing_id) DO UPDATE SET
    ${columns.map((column) => `${column} = excluded.${column}`).join(', ')},
    computed_at = excluded.computed_at, updated_at = now()`;

const REMOVE = `
  DELETE FROM aggregates AS aggregate
  WHERE NOT EXISTS (
    SELECT FROM (${LISTINGS}) AS listing WHERE listing.kind = aggregate.kind AND listing.id = aggregate.listing_id
  )`;

/**
 * Sums `metrics_daily` per listing over the last 7 and 30 UTC days, today included, and all time, averages its approved
 * reviews, removes the rows of listings that are gone, and joins the totals of each day: four statements, whatever the
 * number of listings.
 */
export const aggregateDaily = async ({
  pool = getPool(),
  now = new Date(),
}: {
  pool?: Pool;
  now?: Date;
} = {}): Promise<AggregateSummary> => {
  const today = utcDayOf(now);
  const outcome = await withLease(pool, LEASE, () =>
    inPoolTransaction(pool, async (client) => {
      await client.query(MORE_MEMORY);
      const removed = await client.query(REMOVE);
      const written = await client.query(UPSERT, [addUtcDays(today, -6), addUtcDays(today, -29), now]);
      await compactTotals(client);
      return { ran: true, listings: written.rowCount ?? 0, removed: removed.rowCount ?? 0 };
    }),
  );
  return outcome.held ? outcome.result : { ran: false, listings: 0, removed: 0 };
};
