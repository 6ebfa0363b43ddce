import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * What Payload's schema does not know: the triggers that wake the relays when a transaction commits, and the views
 * through which the worker reads.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE FUNCTION convene_notify_table() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify(TG_TABLE_NAME, '');
      RETURN NULL;
    END $$;

    CREATE TRIGGER notification_outbox_notify AFTER INSERT ON notification_outbox
      FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_table();

    CREATE TRIGGER counter_outbox_notify AFTER INSERT ON counter_outbox
      FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_table();

    -- What a claim of the relay looks for; closed rows, the many, are not in it.
    CREATE INDEX notification_outbox_open_idx ON notification_outbox (status, priority, created_at)
      WHERE status IN ('pending', 'relayed');

    CREATE INDEX counter_outbox_open_idx ON counter_outbox (created_at)
      WHERE recorded_at IS NULL AND gave_up_at IS NULL;

    CREATE VIEW worker_users AS
      SELECT account.id, account.email::text, account.display_name::text, account.locale::text,
             coalesce(array_agg(role.value::text ORDER BY role.order) FILTER (WHERE role.value IS NOT NULL), '{}') AS roles,
             coalesce(account._verified, false) AS verified, account.deleted_at,
             jsonb_build_object(
               'listings', account.notification_preferences_listings,
               'messages', account.notification_preferences_messages,
               'reviews', account.notification_preferences_reviews,
               'bookings', account.notification_preferences_bookings,
               'reminders', account.notification_preferences_reminders,
               'statistics', account.notification_preferences_statistics
             ) AS notification_preferences
      FROM users AS account
      LEFT JOIN users_roles AS role ON role.parent_id = account.id
      GROUP BY account.id;

    -- Every listing that visitors can see, of whichever kind.
    CREATE VIEW visible_listings AS
      SELECT 'locations'::varchar AS kind, id, owner_id, city_id, type_id, tier::text, approved_at FROM locations
        WHERE _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL
      UNION ALL
      SELECT 'events', id, owner_id, city_id, type_id, tier::text, approved_at FROM events
        WHERE _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL
      UNION ALL
      SELECT 'services', id, owner_id, city_id, type_id, tier::text, approved_at FROM services
        WHERE _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP VIEW visible_listings;
    DROP VIEW worker_users;
    DROP INDEX counter_outbox_open_idx;
    DROP INDEX notification_outbox_open_idx;
    DROP TRIGGER counter_outbox_notify ON counter_outbox;
    DROP TRIGGER notification_outbox_notify ON notification_outbox;
    DROP FUNCTION convene_notify_table();
  `);
}
