import { addUtcDays, startOfUtcDay, utcDayOf } from '@convene/common/time';
import type { Pool } from 'pg';

const KINDS = ['locations', 'events', 'services'] as const;
const MAIL_TYPES = [
  'user.welcome',
  'message.new',
  'booking.requested',
  'booking.confirmed',
  'listing.view-stats',
  'event.reminder.24h',
  'review.new',
  'admin.digest.daily',
];

/**
 * A year of what the dashboards show, beside whatever listings there are: each listing counted on each day, what three
 * apps sent to Redis, mails, runs of the feed's jobs, and some mails that failed, wait or may not be sent.
 *
 * @param options.mails how many over the year
 */
export const seedYear = async (
  pool: Pool,
  { now, mails, days = 365 }: { now: Date; mails: number; days?: number },
): Promise<void> => {
  const today = utcDayOf(now);
  const first = addUtcDays(today, 1 - days);
  for (const kind of KINDS) {
    await pool.query(
      `INSERT INTO metrics_daily AS daily (kind, listing_id, day, impressions, views, favorites, bookings)
       SELECT '${kind}', listing.id, to_char(calendar.day, 'YYYY-MM-DD'),
              floor(120 * size * season), floor(30 * size * season * random()), floor(3 * size * random()),
              floor(1.3 * size * random())
       FROM (SELECT id, 0.05 + power(random(), 6) AS size FROM ${kind}) AS listing
       CROSS JOIN (SELECT day, 0.7 + 0.3 * sin(extract(doy FROM day)::float8 / 58) + 0.25 * random() AS season
                   FROM generate_series($1::date, $2::date, interval '1 day') AS day) AS calendar
       ON CONFLICT (kind, listing_id, day) DO NOTHING`,
      [first, today],
    );
  }
  await pool.query(
    `INSERT INTO redis_usage AS usage (day, app, source, command, count)
     SELECT to_char(day, 'YYYY-MM-DD'), app, source, command,
            ceil(size * (0.8 + 0.4 * random()) * CASE WHEN day = $2::date THEN $3::float8 ELSE 1 END)
     FROM generate_series($1::date, $2::date, interval '1 day') AS day
     CROSS JOIN (VALUES ('backend', 'record', 'evalsha', 2900), ('backend', 'flush', 'evalsha', 8),
                        ('backend', 'queue', 'evalsha', 900), ('backend', 'queue', 'hgetall', 12),
                        ('worker', 'queue', 'bzpopmin', 620), ('worker', 'queue', 'evalsha', 1900),
                        ('worker', 'queue', 'client', 14), ('worker', 'maintenance', 'evalsha', 90),
                        ('frontend', 'cache', 'get', 160), ('frontend', 'cache', 'set', 130),
                        ('frontend', 'cache', 'mget', 20)) AS part (app, source, command, size)
     ON CONFLICT (day, app, source, command) DO UPDATE SET count = excluded.count`,
    [first, today, (now.getTime() - startOfUtcDay(today).getTime()) / 86_400_000],
  );
  // Reports of a week, more of them in the evening.
  await pool.query(
    `INSERT INTO redis_usage_reports (id, app, commands, created_at)
     SELECT gen_random_uuid()::text, app, ceil(15 + 15 * sin(extract(hour FROM at) / 24 * 3.14)), at
     FROM generate_series($1::timestamptz - interval '6 days', $1, interval '5 minutes') AS at
     CROSS JOIN unnest(ARRAY['backend', 'worker', 'frontend']) AS app`,
    [now],
  );
  await pool.query(
    `WITH mail AS (
       SELECT gen_random_uuid()::text AS id, ($3::varchar[])[1 + floor(power(random(), 1.5) * $4)::int] AS type,
              $1::timestamptz - random() * make_interval(days => $5) AS at
       FROM generate_series(1, $2::int)
     ), written AS (
       INSERT INTO notification_outbox (id, type, payload, status, priority, relayed_at, relay_count, closed_at, created_at)
       SELECT id, type, '{"userId":1}', 'sent', 5, at, 1, at, at FROM mail
     )
     INSERT INTO notification_log (outbox_id, recipient_no, type, recipient, status, attempted_at, settled_at, created_at)
     SELECT id, 0, type, 'sha256:' || md5(id),
            CASE WHEN chance < 0.012 THEN 'failed' WHEN chance < 0.02 THEN 'bounced' WHEN chance < 0.05 THEN 'suppressed'
                 WHEN chance < 0.5 THEN 'sent' ELSE 'delivered' END, at, at, at
     FROM (SELECT *, random() AS chance FROM mail) AS logged`,
    [now, mails, MAIL_TYPES, MAIL_TYPES.length, days],
  );
  await pool.query(
    `INSERT INTO notification_outbox (id, type, payload, status, priority, recipients, closed_at, error, created_at)
     SELECT gen_random_uuid()::text, 'booking.requested', '{"userId":1}',
            CASE WHEN number % 9 = 0 THEN 'uncertain' ELSE 'dead' END, 5, '[{}]', $1::timestamptz - number * interval '7 hours',
            CASE WHEN number % 2 = 0 THEN 'The address does not exist (422)' ELSE 'No answer for 23 hours' END,
            $1::timestamptz - number * interval '8 hours'
     FROM generate_series(1, 120) AS number`,
    [now],
  );
  await pool.query(
    `INSERT INTO notification_outbox (id, type, payload, status, priority, not_before, relay_count, created_at)
     SELECT gen_random_uuid()::text, 'event.reminder.24h', '{"userId":1}', 'pending', 10, $1::timestamptz + interval '1 year', 0,
            $1::timestamptz - number * interval '1 minute'
     FROM generate_series(1, 500) AS number`,
    [now],
  );
  await pool.query(
    `INSERT INTO job_runs (name, period, status, due_at, started_at, finished_at, outcome, error)
     SELECT name, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS'), CASE WHEN failed THEN 'failed' ELSE 'done' END, at, at,
            at + (1 + 4 * random()) * interval '1 second',
            CASE WHEN failed THEN NULL ELSE jsonb_build_object('ran', true, 'rows', 19000) END,
            CASE WHEN failed THEN 'the connection broke' END
     FROM (SELECT *, random() < 0.01 AS failed
           FROM unnest(ARRAY['feed:flush', 'feed:aggregate', 'feed:rank']) AS name
           CROSS JOIN generate_series($1::timestamptz - make_interval(days => $2), $1::timestamptz - interval '1 hour',
                                      interval '2 hours') AS at) AS run
     ON CONFLICT DO NOTHING`,
    [now, days],
  );
  await pool.query(
    `INSERT INTO suppressions (email, reason, category, detail, created_at)
     SELECT 'person' || number || '@example.com', (ARRAY['bounce', 'complaint', 'manual'])[1 + number % 3], 'all',
            'No such mailbox', $1::timestamptz - number * interval '1 hour'
     FROM generate_series(1, 5000) AS number ON CONFLICT DO NOTHING`,
    [now],
  );
  await pool.query('ANALYZE');
};
