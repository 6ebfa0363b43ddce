import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/** What the worker's maintenance jobs read and call beyond the market's views: what has run out, and what may go. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE VIEW worker_favorites AS
      SELECT kind::text, listing_id, user_id, created_at AS saved_at FROM favorites;

    CREATE VIEW worker_bookings AS
      SELECT id, kind::text, listing_id, type::text, status::text, starts_at, ends_at, created_at AS booked_at FROM bookings;

    -- Every token that somebody could still use, and when that ends.
    CREATE VIEW worker_tokens AS
      SELECT 'invitation'::text AS subject, expires_at FROM claims WHERE status = 'invited'
      UNION ALL
      SELECT 'address', pending_email_expires_at FROM users WHERE pending_email_expires_at IS NOT NULL
      UNION ALL
      SELECT 'password', reset_password_expiration FROM users WHERE reset_password_token IS NOT NULL
      UNION ALL
      SELECT 'session', expires_at FROM users_sessions;

    -- What is in the bin and could go for good. An account stays, without a name, while others need what it wrote.
    CREATE VIEW worker_bin AS
      SELECT 'locations'::text AS kind, id, title::text, deleted_at FROM locations WHERE deleted_at IS NOT NULL
      UNION ALL
      SELECT 'events', id, title::text, deleted_at FROM events WHERE deleted_at IS NOT NULL
      UNION ALL
      SELECT 'services', id, title::text, deleted_at FROM services WHERE deleted_at IS NOT NULL
      UNION ALL
      SELECT 'users', account.id, NULL, account.deleted_at FROM users AS account
      WHERE account.deleted_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM reviews WHERE author_id = account.id)
        AND NOT EXISTS (SELECT FROM messages WHERE account.id IN (client_id, owner_id, sender_id));

    DROP FUNCTION worker_expire_tokens(timestamptz);
    DROP FUNCTION worker_purge_listings(timestamptz);

    -- Takes back what nobody used in time, at most so many of each. Answers how many.
    CREATE FUNCTION worker_expire_tokens(until timestamptz, at_most int DEFAULT 10000) RETURNS int LANGUAGE sql AS $$
      WITH invitations AS (
        UPDATE claims SET status = 'expired', token_hash = NULL, invited_email = NULL, updated_at = now()
        WHERE id IN (SELECT id FROM claims WHERE status = 'invited' AND expires_at <= until LIMIT at_most)
        RETURNING id
      ), sessions AS (
        DELETE FROM users_sessions
        WHERE id IN (SELECT id FROM users_sessions WHERE expires_at <= until LIMIT at_most)
        RETURNING id
      ), accounts AS (
        UPDATE users
        SET pending_email = CASE WHEN pending_email_expires_at <= until THEN NULL ELSE pending_email END,
            pending_email_token_hash = CASE WHEN pending_email_expires_at <= until THEN NULL ELSE pending_email_token_hash END,
            pending_email_expires_at = CASE WHEN pending_email_expires_at <= until THEN NULL ELSE pending_email_expires_at END,
            reset_password_token = CASE WHEN reset_password_expiration <= until THEN NULL ELSE reset_password_token END,
            reset_password_expiration = CASE WHEN reset_password_expiration <= until THEN NULL ELSE reset_password_expiration END
        WHERE id IN (
          SELECT id FROM users
          WHERE pending_email_expires_at <= until OR reset_password_token IS NOT NULL AND reset_password_expiration <= until
          LIMIT at_most)
        RETURNING id
      )
      SELECT (SELECT count(*) FROM invitations)::int + (SELECT count(*) FROM sessions)::int
           + (SELECT count(*) FROM accounts)::int
    $$;

    -- Deletes for good what went into the bin before that moment, at most so many listings, with what was counted of
    -- them. Answers how many.
    CREATE FUNCTION worker_purge_listings(trashed_before timestamptz, at_most int) RETURNS int LANGUAGE sql AS $$
      WITH doomed AS (
        SELECT kind, id FROM worker_bin WHERE kind <> 'users' AND deleted_at < trashed_before
        ORDER BY deleted_at, kind, id LIMIT at_most
      ), gone_locations AS (
        DELETE FROM locations USING doomed WHERE doomed.kind = 'locations' AND locations.id = doomed.id RETURNING doomed.kind, doomed.id
      ), gone_events AS (
        DELETE FROM events USING doomed WHERE doomed.kind = 'events' AND events.id = doomed.id RETURNING doomed.kind, doomed.id
      ), gone_services AS (
        DELETE FROM services USING doomed WHERE doomed.kind = 'services' AND services.id = doomed.id RETURNING doomed.kind, doomed.id
      ), gone AS (
        SELECT * FROM gone_locations UNION ALL SELECT * FROM gone_events UNION ALL SELECT * FROM gone_services
      ), uncounted AS (
        DELETE FROM metrics_daily AS daily USING gone WHERE daily.kind = gone.kind AND daily.listing_id = gone.id
      ), unaggregated AS (
        DELETE FROM aggregates AS aggregate USING gone WHERE aggregate.kind = gone.kind AND aggregate.listing_id = gone.id
      ), unranked AS (
        DELETE FROM listing_rank AS ranked USING gone WHERE ranked.kind = gone.kind AND ranked.listing_id = gone.id
      )
      SELECT count(*)::int FROM gone
    $$;

    -- The same of accounts that nobody needs any more.
    CREATE FUNCTION worker_purge_users(trashed_before timestamptz, at_most int) RETURNS int LANGUAGE sql AS $$
      WITH gone AS (
        DELETE FROM users
        WHERE id IN (SELECT id FROM worker_bin WHERE kind = 'users' AND deleted_at < trashed_before
                     ORDER BY deleted_at, id LIMIT at_most)
        RETURNING id
      )
      SELECT count(*)::int FROM gone
    $$;
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP FUNCTION worker_purge_users(timestamptz, int);
    DROP FUNCTION worker_purge_listings(timestamptz, int);
    DROP FUNCTION worker_expire_tokens(timestamptz, int);
    DROP VIEW worker_bin;
    DROP VIEW worker_tokens;
    DROP VIEW worker_bookings;
    DROP VIEW worker_favorites;

    CREATE FUNCTION worker_expire_tokens(until timestamptz) RETURNS int LANGUAGE sql AS $$
      WITH invitations AS (
        UPDATE claims SET status = 'expired', token_hash = NULL, invited_email = NULL, updated_at = now()
        WHERE status = 'invited' AND expires_at <= until
        RETURNING id
      ), addresses AS (
        UPDATE users SET pending_email = NULL, pending_email_token_hash = NULL, pending_email_expires_at = NULL
        WHERE pending_email_expires_at <= until
        RETURNING id
      )
      SELECT (SELECT count(*) FROM invitations)::int + (SELECT count(*) FROM addresses)::int
    $$;

    CREATE FUNCTION worker_purge_listings(trashed_before timestamptz) RETURNS int LANGUAGE sql AS $$
      WITH gone_locations AS (DELETE FROM locations WHERE deleted_at < trashed_before RETURNING id),
           gone_events AS (DELETE FROM events WHERE deleted_at < trashed_before RETURNING id),
           gone_services AS (DELETE FROM services WHERE deleted_at < trashed_before RETURNING id)
      SELECT (SELECT count(*) FROM gone_locations)::int + (SELECT count(*) FROM gone_events)::int
           + (SELECT count(*) FROM gone_services)::int
    $$;
  `);
}
