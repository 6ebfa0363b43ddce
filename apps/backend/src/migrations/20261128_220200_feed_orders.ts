import { type ListingKind, listingKinds } from '@convene/common/listings';
import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

const LIVE = "_status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL";

/** What the feed asks of a listing beside its id, answered from the index alone. */
const feedColumns = {
  locations: ['owner_id', 'tier', 'price_amount_minor', 'price_currency', 'capacity'],
  events: [
    'owner_id',
    'tier',
    'price_amount_minor',
    'price_currency',
    'capacity',
    'starts_at',
    'ends_at',
    'cancelled_at',
    'time_zone',
  ],
  services: ['owner_id', 'tier', 'price_amount_minor', 'price_currency'],
} as const satisfies Record<ListingKind, string[]>;

/** What is kept of the feed, of listings' pages and of the taxonomies shows something of these too. */
const shownTables = ['cities', 'listing_types', 'facilities', 'media', 'aggregates'];

/** The orders of the feed beside its rank, and the places that a map asks for. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  for (const kind of listingKinds) {
    await db.execute(
      sql.raw(`
        DROP INDEX ${kind}_feed_idx;
        CREATE INDEX ${kind}_feed_idx ON ${kind} (id)
          INCLUDE (${feedColumns[kind].join(', ')}, price_unit, latitude, longitude, city_id, type_id)
          WHERE ${LIVE};
        CREATE INDEX ${kind}_newest_idx ON ${kind} (approved_at DESC NULLS LAST, id DESC) WHERE ${LIVE};
        CREATE INDEX ${kind}_place_idx ON ${kind} (latitude, longitude) INCLUDE (id)
          WHERE ${LIVE} AND latitude IS NOT NULL AND longitude IS NOT NULL;`),
    );
  }
  await db.execute(
    sql.raw(`CREATE INDEX events_soonest_idx ON events (starts_at, id) WHERE ${LIVE} AND cancelled_at IS NULL`),
  );
  for (const table of shownTables) {
    await db.execute(
      sql.raw(`CREATE TRIGGER ${table}_notify_feed AFTER INSERT OR UPDATE OR DELETE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION convene_notify_feed_changes()`),
    );
  }
  // Accounts change at every sign-in, what is shown of them hardly ever.
  await db.execute(sql`
    CREATE TRIGGER users_notify_feed AFTER UPDATE ON users
      FOR EACH ROW WHEN ((OLD.display_name, OLD.verification, OLD.deleted_at)
        IS DISTINCT FROM (NEW.display_name, NEW.verification, NEW.deleted_at))
      EXECUTE FUNCTION convene_notify_feed_changes()`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DROP TRIGGER users_notify_feed ON users`);
  for (const table of shownTables) await db.execute(sql.raw(`DROP TRIGGER ${table}_notify_feed ON ${table}`));
  await db.execute(sql`DROP INDEX events_soonest_idx`);
  for (const kind of listingKinds) {
    await db.execute(
      sql.raw(`
        DROP INDEX ${kind}_place_idx;
        DROP INDEX ${kind}_newest_idx;
        DROP INDEX ${kind}_feed_idx;
        CREATE INDEX ${kind}_feed_idx ON ${kind} (id) INCLUDE (${feedColumns[kind].join(', ')}) WHERE ${LIVE};`),
    );
  }
}
