import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * What bookings, claims and reviews must never break, whoever writes them, and the views through which the worker's
 * maintenance jobs read the market without knowing Payload's tables.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(rules);
  await db.execute(views);
  await db.execute(upkeep);
}

const rules = sql`
  CREATE EXTENSION IF NOT EXISTS btree_gist;

  ALTER TABLE reviews ADD CONSTRAINT reviews_rating_range CHECK (rating IN (1, 2, 3, 4, 5));

  ALTER TABLE bookings
    ADD CONSTRAINT bookings_period_order CHECK (ends_at > starts_at),
    ADD CONSTRAINT bookings_seats_positive CHECK (seats >= 1),
    -- Also the times that an owner keeps free: they are confirmed bookings without a client.
    ADD CONSTRAINT bookings_no_overlap
      EXCLUDE USING gist (kind WITH =, listing_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
      WHERE (status = 'confirmed' AND type <> 'participation');

  CREATE UNIQUE INDEX bookings_one_participation ON bookings (listing_id, client_id)
    WHERE type = 'participation' AND status = 'confirmed';
  CREATE UNIQUE INDEX claims_one_pending ON claims (kind, listing_id, claimant_id) WHERE status = 'pending';
  CREATE UNIQUE INDEX claims_one_invitation ON claims (kind, listing_id) WHERE status = 'invited';
  CREATE UNIQUE INDEX verifications_one_pending ON verifications (user_id) WHERE status = 'pending';

  -- The lock on the event's row lets one request at a time count its seats; what it then reads is newer than the lock.
  CREATE FUNCTION convene_hold_seats() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    places numeric;
    taken numeric;
  BEGIN
    SELECT event.capacity INTO places FROM events AS event WHERE event.id = NEW.listing_id::int FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'there is no event %', NEW.listing_id USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF places IS NULL THEN
      RETURN NEW;
    END IF;
    SELECT coalesce(sum(seats), 0) INTO taken FROM bookings
      WHERE kind = 'events' AND listing_id = NEW.listing_id AND status IN ('confirmed', 'completed') AND id <> NEW.id;
    IF taken + NEW.seats > places THEN
      RAISE EXCEPTION 'the event has % free seats', greatest(places - taken, 0)
        USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_capacity';
    END IF;
    RETURN NEW;
  END $$;

  CREATE TRIGGER bookings_hold_seats BEFORE INSERT OR UPDATE ON bookings
    FOR EACH ROW WHEN (NEW.type = 'participation' AND NEW.status = 'confirmed')
    EXECUTE FUNCTION convene_hold_seats();

  CREATE FUNCTION convene_keep_seats() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    taken numeric;
  BEGIN
    SELECT coalesce(sum(seats), 0) INTO taken FROM bookings
      WHERE kind = 'events' AND listing_id = NEW.id AND status IN ('confirmed', 'completed');
    IF taken > NEW.capacity THEN
      RAISE EXCEPTION '% seats of the event are taken', taken
        USING ERRCODE = 'check_violation', CONSTRAINT = 'events_capacity';
    END IF;
    RETURN NEW;
  END $$;

  CREATE TRIGGER events_keep_seats BEFORE UPDATE ON events
    FOR EACH ROW WHEN (NEW.capacity IS NOT NULL AND (OLD.capacity IS NULL OR NEW.capacity < OLD.capacity))
    EXECUTE FUNCTION convene_keep_seats();

  -- A listing that is deleted for good takes with it what names it, and its versions.
  CREATE FUNCTION convene_forget_listing() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM reviews WHERE kind = TG_TABLE_NAME AND listing_id = OLD.id;
    DELETE FROM favorites WHERE kind = TG_TABLE_NAME AND listing_id = OLD.id;
    DELETE FROM bookings WHERE kind = TG_TABLE_NAME AND listing_id = OLD.id;
    DELETE FROM messages WHERE kind = TG_TABLE_NAME AND listing_id = OLD.id;
    DELETE FROM claims WHERE kind = TG_TABLE_NAME AND listing_id = OLD.id;
    EXECUTE format('DELETE FROM %I WHERE parent_id = $1', '_' || TG_TABLE_NAME || '_v') USING OLD.id;
    RETURN OLD;
  END $$;

  CREATE TRIGGER locations_forget BEFORE DELETE ON locations FOR EACH ROW EXECUTE FUNCTION convene_forget_listing();
  CREATE TRIGGER events_forget BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION convene_forget_listing();
  CREATE TRIGGER services_forget BEFORE DELETE ON services FOR EACH ROW EXECUTE FUNCTION convene_forget_listing();
`;

const views = sql`
  -- Every listing that is not deleted, as its public version says. is_live: visitors see it.
  CREATE VIEW worker_listings AS
    SELECT 'locations'::text AS kind, id, title::text, slug::text, owner_id,
           (_status = 'published' AND moderation_status = 'approved') AS is_live
      FROM locations WHERE deleted_at IS NULL
    UNION ALL
    SELECT 'events', id, title::text, slug::text, owner_id,
           (_status = 'published' AND moderation_status = 'approved')
      FROM events WHERE deleted_at IS NULL
    UNION ALL
    SELECT 'services', id, title::text, slug::text, owner_id,
           (_status = 'published' AND moderation_status = 'approved')
      FROM services WHERE deleted_at IS NULL;

  -- Every live event. participants: the seats that are taken.
  CREATE VIEW worker_events AS
    SELECT event.id, event.title::text, event.slug::text, event.owner_id,
           event.starts_at, event.ends_at, event.time_zone::text, event.cancelled_at,
           nullif(concat_ws(', ', nullif(event.address, ''), city.name), '') AS place,
           event.capacity::int,
           (SELECT coalesce(sum(booking.seats), 0)::int FROM bookings AS booking
            WHERE booking.kind = 'events' AND booking.listing_id = event.id
              AND booking.status IN ('confirmed', 'completed')) AS participants
    FROM events AS event
    LEFT JOIN cities AS city ON city.id = event.city_id
    WHERE event._status = 'published' AND event.moderation_status = 'approved' AND event.deleted_at IS NULL;

  -- Who takes part in a live event that is not cancelled; one row a person.
  CREATE VIEW worker_event_participants AS
    SELECT event.id AS event_id, event.title::text, event.slug::text, event.owner_id,
           event.starts_at, event.ends_at, event.time_zone::text,
           nullif(concat_ws(', ', nullif(event.address, ''), city.name), '') AS place,
           booking.id AS booking_id, booking.client_id AS user_id, booking.seats::int
    FROM bookings AS booking
    JOIN events AS event ON booking.kind = 'events' AND booking.listing_id = event.id
    LEFT JOIN cities AS city ON city.id = event.city_id
    JOIN users AS account ON account.id = booking.client_id AND account.deleted_at IS NULL
    WHERE booking.type = 'participation' AND booking.status IN ('confirmed', 'completed')
      AND event._status = 'published' AND event.moderation_status = 'approved' AND event.deleted_at IS NULL
      AND event.cancelled_at IS NULL;

  -- Who has saved a live event that is not cancelled. takes_part: they are reminded as participants already.
  CREATE VIEW worker_event_savers AS
    SELECT event.id AS event_id, event.title::text, event.slug::text, event.owner_id,
           event.starts_at, event.ends_at, event.time_zone::text,
           nullif(concat_ws(', ', nullif(event.address, ''), city.name), '') AS place,
           favorite.user_id,
           EXISTS (SELECT FROM bookings AS booking
                   WHERE booking.kind = 'events' AND booking.listing_id = event.id AND booking.client_id = favorite.user_id
                     AND booking.status IN ('confirmed', 'completed')) AS takes_part
    FROM favorites AS favorite
    JOIN events AS event ON favorite.kind = 'events' AND favorite.listing_id = event.id
    LEFT JOIN cities AS city ON city.id = event.city_id
    JOIN users AS account ON account.id = favorite.user_id AND account.deleted_at IS NULL
    WHERE event._status = 'published' AND event.moderation_status = 'approved' AND event.deleted_at IS NULL
      AND event.cancelled_at IS NULL;

  -- What waits for staff. kind and listing_id: the listing that it is about; null where it is about none.
  CREATE VIEW worker_pending_moderation AS
    SELECT 'listing'::text AS subject, 'locations'::text AS kind, listing.id AS listing_id, listing.id,
           version.version_title::text AS title, version.updated_at AS waiting_since
      FROM _locations_v AS version JOIN locations AS listing ON listing.id = version.parent_id
      WHERE version.latest AND version.version_moderation_status = 'pending' AND listing.deleted_at IS NULL
    UNION ALL
    SELECT 'listing', 'events', listing.id, listing.id, version.version_title::text, version.updated_at
      FROM _events_v AS version JOIN events AS listing ON listing.id = version.parent_id
      WHERE version.latest AND version.version_moderation_status = 'pending' AND listing.deleted_at IS NULL
    UNION ALL
    SELECT 'listing', 'services', listing.id, listing.id, version.version_title::text, version.updated_at
      FROM _services_v AS version JOIN services AS listing ON listing.id = version.parent_id
      WHERE version.latest AND version.version_moderation_status = 'pending' AND listing.deleted_at IS NULL
    UNION ALL
    SELECT 'review', review.kind::text, review.listing_id::int, review.id, NULL, review.updated_at
      FROM reviews AS review WHERE review.moderation_status = 'pending'
    UNION ALL
    SELECT 'claim', claim.kind::text, claim.listing_id::int, claim.id, NULL, claim.created_at
      FROM claims AS claim WHERE claim.status = 'pending'
    UNION ALL
    SELECT 'report', report.subject_kind::text, CASE WHEN report.subject = 'listing' THEN report.subject_id::int END,
           report.id, NULL, report.created_at
      FROM reports AS report WHERE report.status = 'open'
    UNION ALL
    SELECT 'verification', NULL, NULL, request.id, NULL, request.created_at
      FROM verifications AS request WHERE request.status = 'pending';

  -- Of each live listing with an owner, where anything was counted in the seven UTC days from first_day or before it.
  CREATE FUNCTION worker_listing_week_stats(first_day date) RETURNS TABLE (
    kind text, listing_id int, title text, slug text, owner_id int,
    impressions int, impressions_before int, views int, views_before int,
    favorites int, favorites_before int, bookings int, bookings_before int
  ) LANGUAGE sql STABLE AS $$
    SELECT listing.kind, listing.id, listing.title, listing.slug, listing.owner_id,
           counted.impressions, counted.impressions_before, counted.views, counted.views_before,
           counted.favorites, counted.favorites_before, counted.bookings, counted.bookings_before
    FROM (
      SELECT daily.kind::text, daily.listing_id::int,
             coalesce(sum(daily.impressions) FILTER (WHERE daily.day >= first_day::text), 0)::int AS impressions,
             coalesce(sum(daily.impressions) FILTER (WHERE daily.day < first_day::text), 0)::int AS impressions_before,
             coalesce(sum(daily.views) FILTER (WHERE daily.day >= first_day::text), 0)::int AS views,
             coalesce(sum(daily.views) FILTER (WHERE daily.day < first_day::text), 0)::int AS views_before,
             coalesce(sum(daily.favorites) FILTER (WHERE daily.day >= first_day::text), 0)::int AS favorites,
             coalesce(sum(daily.favorites) FILTER (WHERE daily.day < first_day::text), 0)::int AS favorites_before,
             coalesce(sum(daily.bookings) FILTER (WHERE daily.day >= first_day::text), 0)::int AS bookings,
             coalesce(sum(daily.bookings) FILTER (WHERE daily.day < first_day::text), 0)::int AS bookings_before
      FROM metrics_daily AS daily
      WHERE daily.day >= (first_day - 7)::text AND daily.day <= (first_day + 6)::text
      GROUP BY daily.kind, daily.listing_id
    ) AS counted
    JOIN worker_listings AS listing ON listing.kind = counted.kind AND listing.id = counted.listing_id
    WHERE listing.is_live AND listing.owner_id IS NOT NULL
  $$;

  -- The live listings that somebody saved on that UTC day and has not let go since, their owners themselves apart.
  -- total: all that have it saved.
  CREATE FUNCTION worker_listing_favorites_of_day(of_day date) RETURNS TABLE (
    kind text, listing_id int, title text, slug text, owner_id int, favorites int, total int
  ) LANGUAGE sql STABLE AS $$
    SELECT listing.kind, listing.id, listing.title, listing.slug, listing.owner_id, counted.favorites,
           (SELECT count(*)::int FROM favorites AS saved
            WHERE saved.kind = listing.kind AND saved.listing_id = listing.id AND saved.user_id <> listing.owner_id)
    FROM (
      SELECT favorite.kind::text, favorite.listing_id::int, owned.owner_id, count(*)::int AS favorites
      FROM favorites AS favorite
      JOIN worker_listings AS owned ON owned.kind = favorite.kind AND owned.id = favorite.listing_id::int
      WHERE favorite.created_at >= of_day::timestamp AT TIME ZONE 'UTC'
        AND favorite.created_at < (of_day + 1)::timestamp AT TIME ZONE 'UTC'
        AND favorite.user_id <> owned.owner_id
      GROUP BY favorite.kind, favorite.listing_id, owned.owner_id
    ) AS counted
    JOIN worker_listings AS listing ON listing.kind = counted.kind AND listing.id = counted.listing_id
    WHERE listing.is_live
  $$;

  -- What happened on that UTC day, in one row.
  CREATE FUNCTION worker_happened_on(of_day date) RETURNS TABLE (
    accounts int, listings int, bookings int, reviews int, messages int
  ) LANGUAGE sql STABLE AS $$
    WITH span AS (
      SELECT of_day::timestamp AT TIME ZONE 'UTC' AS since, (of_day + 1)::timestamp AT TIME ZONE 'UTC' AS until
    )
    SELECT (SELECT count(*)::int FROM users, span WHERE created_at >= since AND created_at < until),
           (SELECT count(*)::int FROM span, (
              SELECT created_at FROM locations UNION ALL SELECT created_at FROM events
              UNION ALL SELECT created_at FROM services) AS listing WHERE created_at >= since AND created_at < until),
           (SELECT count(*)::int FROM bookings, span
            WHERE type <> 'block' AND created_at >= since AND created_at < until),
           (SELECT count(*)::int FROM reviews, span WHERE created_at >= since AND created_at < until),
           (SELECT count(*)::int FROM messages, span WHERE created_at >= since AND created_at < until)
  $$;
`;

const upkeep = sql`
  -- Ends what is over by then, and marks the reviews of those who were there. Answers how many bookings it ended.
  CREATE FUNCTION worker_complete_bookings(until timestamptz) RETURNS int LANGUAGE sql AS $$
    WITH completed AS (
      UPDATE bookings SET status = 'completed', updated_at = now()
      WHERE status = 'confirmed' AND type <> 'block' AND ends_at <= until
      RETURNING kind, listing_id, client_id
    ), marked AS (
      UPDATE reviews AS review SET verified = true
      FROM completed
      WHERE review.kind = completed.kind AND review.listing_id = completed.listing_id
        AND review.author_id = completed.client_id AND NOT review.verified
    )
    SELECT count(*)::int FROM completed
  $$;

  -- Takes back requests that nobody has decided before their time came. Answers how many.
  CREATE FUNCTION worker_expire_requests(until timestamptz) RETURNS int LANGUAGE sql AS $$
    WITH expired AS (
      UPDATE bookings SET status = 'cancelled', cancelled_by = 'system', decided_at = now(), updated_at = now()
      WHERE status = 'requested' AND starts_at <= until
      RETURNING id
    )
    SELECT count(*)::int FROM expired
  $$;

  -- Takes back invitations and new addresses that nobody confirmed in time. Answers how many.
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

  -- Deletes for good what went into the bin before that moment. Answers how many listings.
  CREATE FUNCTION worker_purge_listings(trashed_before timestamptz) RETURNS int LANGUAGE sql AS $$
    WITH gone_locations AS (DELETE FROM locations WHERE deleted_at < trashed_before RETURNING id),
         gone_events AS (DELETE FROM events WHERE deleted_at < trashed_before RETURNING id),
         gone_services AS (DELETE FROM services WHERE deleted_at < trashed_before RETURNING id)
    SELECT (SELECT count(*) FROM gone_locations)::int + (SELECT count(*) FROM gone_events)::int
         + (SELECT count(*) FROM gone_services)::int
  $$;
`;

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP FUNCTION worker_purge_listings(timestamptz);
    DROP FUNCTION worker_expire_tokens(timestamptz);
    DROP FUNCTION worker_expire_requests(timestamptz);
    DROP FUNCTION worker_complete_bookings(timestamptz);
    DROP FUNCTION worker_happened_on(date);
    DROP FUNCTION worker_listing_favorites_of_day(date);
    DROP FUNCTION worker_listing_week_stats(date);
    DROP VIEW worker_pending_moderation;
    DROP VIEW worker_event_savers;
    DROP VIEW worker_event_participants;
    DROP VIEW worker_events;
    DROP VIEW worker_listings;

    DROP TRIGGER services_forget ON services;
    DROP TRIGGER events_forget ON events;
    DROP TRIGGER locations_forget ON locations;
    DROP FUNCTION convene_forget_listing();
    DROP TRIGGER events_keep_seats ON events;
    DROP FUNCTION convene_keep_seats();
    DROP TRIGGER bookings_hold_seats ON bookings;
    DROP FUNCTION convene_hold_seats();
    DROP INDEX verifications_one_pending;
    DROP INDEX claims_one_invitation;
    DROP INDEX claims_one_pending;
    DROP INDEX bookings_one_participation;
    ALTER TABLE bookings
      DROP CONSTRAINT bookings_no_overlap,
      DROP CONSTRAINT bookings_seats_positive,
      DROP CONSTRAINT bookings_period_order;
    ALTER TABLE reviews DROP CONSTRAINT reviews_rating_range;
  `);
}
