import type { Pool } from 'pg';

const CITIES = 24;
const TYPES_PER_KIND = 8;
const KINDS = ['locations', 'events', 'services'] as const;
/** As many days as the 30-day sums reach back, today included. */
export const DAYS = 30;

/**
 * Visible listings, a third of each kind, spread over cities and types with a long tail as in a real market, each with
 * 30 days of metrics, of which views and impressions are skewed too.
 *
 * @param options.now the day to which the metrics reach
 */
export const seedListings = async (pool: Pool, { listings, now }: { listings: number; now: Date }): Promise<void> => {
  await pool.query(
    `INSERT INTO cities (id, name, slug, country)
     SELECT id, 'City ' || id, 'city-' || id, 'Romania' FROM generate_series(1, $1::int) AS id ON CONFLICT DO NOTHING`,
    [CITIES],
  );
  let lastId = 0;
  for (const [index, kind] of KINDS.entries()) {
    const count = Math.floor((listings + index) / KINDS.length);
    await pool.query(
      `INSERT INTO listing_types (id, name, slug, kind)
       SELECT $1::int + id, 'Type ' || id, '${kind}-' || id, '${kind}'
       FROM generate_series(1, ${TYPES_PER_KIND}) AS id ON CONFLICT DO NOTHING`,
      [index * TYPES_PER_KIND],
    );
    await pool.query(
      `INSERT INTO ${kind} (id, title, slug, city_id, type_id, moderation_status, _status, tier, approved_at)
       SELECT id, 'Listing ' || id, '${kind}-' || id,
              1 + floor(${CITIES} * power(random(), 2))::int, $1::int + 1 + floor(${TYPES_PER_KIND} * power(random(), 2))::int,
              'approved', 'published',
              (CASE WHEN id % 50 = 0 THEN 'sponsored' WHEN id % 11 = 0 THEN 'recommended' WHEN id % 7 = 0 THEN 'new'
                    ELSE 'standard' END)::enum_${kind}_tier,
              $3::timestamptz - random() * interval '400 days'
       FROM generate_series(1, $2::int) AS id`,
      [index * TYPES_PER_KIND, count, now],
    );
    await pool.query(
      `INSERT INTO metrics_daily (kind, listing_id, day, views, impressions, favorites, bookings)
       SELECT '${kind}', id, to_char(($2::timestamptz AT TIME ZONE 'UTC')::date - day, 'YYYY-MM-DD'),
              floor(40 * power(random(), 4)), floor(400 * power(random(), 2)), floor(2 * random()), floor(1.2 * random())
       FROM generate_series(1, $1::int) AS id CROSS JOIN generate_series(0, ${DAYS - 1}) AS day`,
      [count, now],
    );
    lastId = Math.max(lastId, count);
  }
  await pool.query('ANALYZE');
};
