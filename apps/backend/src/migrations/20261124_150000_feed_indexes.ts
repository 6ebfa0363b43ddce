import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/*
 * What the feed asks of a listing while it walks a segment by rank, answered from the index alone: the listings' rows
 * are wide, and most of those that a filter looks at are not shown.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE INDEX locations_feed_idx ON locations (id)
      INCLUDE (owner_id, tier, price_amount_minor, price_currency, capacity)
      WHERE _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;
    CREATE INDEX events_feed_idx ON events (id)
      INCLUDE (owner_id, tier, price_amount_minor, price_currency, capacity, starts_at, ends_at, cancelled_at, time_zone)
      WHERE _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;
    CREATE INDEX services_feed_idx ON services (id)
      INCLUDE (owner_id, tier, price_amount_minor, price_currency)
      WHERE _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;

    CREATE INDEX locations_rels_facility_idx ON locations_rels (facilities_id, parent_id) WHERE facilities_id IS NOT NULL;

    CREATE INDEX locations_promoted_idx ON locations (tier, id)
      WHERE tier IN ('sponsored', 'new') AND _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;
    CREATE INDEX events_promoted_idx ON events (tier, id)
      WHERE tier IN ('sponsored', 'new') AND _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;
    CREATE INDEX services_promoted_idx ON services (tier, id)
      WHERE tier IN ('sponsored', 'new') AND _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL;
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP INDEX locations_feed_idx;
    DROP INDEX events_feed_idx;
    DROP INDEX services_feed_idx;
    DROP INDEX locations_rels_facility_idx;
    DROP INDEX locations_promoted_idx;
    DROP INDEX events_promoted_idx;
    DROP INDEX services_promoted_idx;
  `);
}
