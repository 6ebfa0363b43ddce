import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/** Tells every backend process, at commit, that what it keeps of the feed is out of date. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE FUNCTION convene_notify_feed_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('feed_changes', '');
      RETURN NULL;
    END $$;

    CREATE TRIGGER locations_notify_feed AFTER INSERT OR UPDATE OR DELETE ON locations
      FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_feed_changes();
    CREATE TRIGGER events_notify_feed AFTER INSERT OR UPDATE OR DELETE ON events
      FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_feed_changes();
    CREATE TRIGGER services_notify_feed AFTER INSERT OR UPDATE OR DELETE ON services
      FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_feed_changes();
    CREATE TRIGGER listing_rank_notify_feed AFTER INSERT OR UPDATE OR DELETE ON listing_rank
      FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_feed_changes();
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER locations_notify_feed ON locations;
    DROP TRIGGER events_notify_feed ON events;
    DROP TRIGGER services_notify_feed ON services;
    DROP TRIGGER listing_rank_notify_feed ON listing_rank;
    DROP FUNCTION convene_notify_feed_changes();
  `);
}
