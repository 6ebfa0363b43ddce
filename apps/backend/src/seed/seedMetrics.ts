import type { SqlExecutor } from '@convene/coordination';

/**
 * Thirty days of counts for every visible listing, in one statement: each listing has a popularity of its own, weekends
 * are busier, and favourites and bookings follow from the views. Derived from the ids, so the same at every run.
 */
export const seedMetrics = async (sql: SqlExecutor, now: Date): Promise<number> => {
  const { rowCount } = await sql.query(
    `INSERT INTO metrics_daily (kind, listing_id, day, views, impressions, favorites, bookings)
     SELECT kind, id, day,
            views, round(views * (3 + noise * 5)), floor(views * 0.08 * noise * 2), floor(views * 0.03 * noise * 2)
     FROM (
       SELECT listing.kind, listing.id, to_char(date, 'YYYY-MM-DD') AS day, noise.value AS noise,
              round((2 + 60 * popularity.value ^ 3) * (0.5 + noise.value)
                    * CASE WHEN extract(isodow FROM date) >= 6 THEN 1.5 ELSE 1 END) AS views
       FROM visible_listings AS listing
       CROSS JOIN generate_series(($1::timestamptz AT TIME ZONE 'UTC')::date - 30,
                                  ($1::timestamptz AT TIME ZONE 'UTC')::date - 1, interval '1 day') AS date
       CROSS JOIN LATERAL (SELECT abs(hashtext(listing.kind || listing.id)::bigint % 1000) / 1000.0 AS value) AS popularity
       CROSS JOIN LATERAL (SELECT abs(hashtext(listing.kind || listing.id || date)::bigint % 1000) / 1000.0 AS value) AS noise
     ) AS counted
     ON CONFLICT (kind, listing_id, day) DO NOTHING`,
    [now.toISOString()],
  );
  return rowCount ?? 0;
};
