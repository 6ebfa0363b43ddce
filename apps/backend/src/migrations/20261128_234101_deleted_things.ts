import { listingKinds } from '@convene/common/listings';
import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * Reviews follow what hides the listing that they are about, and go for good when their time in the bin is over; those
 * in there wait for nobody. And whom somebody blocks is forgotten with either account: else neither could be deleted for
 * good.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    -- A new review asks its listing, which it locks: whoever hides that at the same time finds the review. Afterwards
    -- the listing's trigger alone changes what a review says of it, whatever a save writes.
    CREATE FUNCTION convene_review_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF pg_trigger_depth() = 1 THEN
          NEW.listing_is_live := OLD.listing_is_live;
        END IF;
        RETURN NEW;
      END IF;
      NEW.listing_is_live := NULL;
      IF NEW.kind IN ('locations', 'events', 'services') THEN
        EXECUTE format(
          'SELECT _status = ''published'' AND moderation_status = ''approved'' AND deleted_at IS NULL
           FROM %I WHERE id = $1 FOR SHARE', NEW.kind) INTO NEW.listing_is_live USING NEW.listing_id::int;
      END IF;
      NEW.listing_is_live := coalesce(NEW.listing_is_live, false);
      RETURN NEW;
    END $$;

    CREATE FUNCTION convene_show_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE reviews
      SET listing_is_live = coalesce(
        NEW._status = 'published' AND NEW.moderation_status = 'approved' AND NEW.deleted_at IS NULL, false)
      WHERE kind = TG_TABLE_NAME AND listing_id = NEW.id;
      RETURN NULL;
    END $$;
  `);
  for (const kind of listingKinds) await db.execute(sql.raw(followsOf(kind)));
  await db.execute(sql`
    CREATE TRIGGER reviews_follow_listing BEFORE INSERT OR UPDATE ON reviews
      FOR EACH ROW EXECUTE FUNCTION convene_review_follows();

    CREATE VIEW worker_binned_reviews AS
      SELECT id, deleted_at FROM reviews WHERE deleted_at IS NOT NULL;

    -- Deletes for good what went into the bin before that moment, at most so many. Answers how many.
    CREATE FUNCTION worker_purge_reviews(trashed_before timestamptz, at_most int) RETURNS int LANGUAGE sql AS $$
      WITH gone AS (
        DELETE FROM reviews
        WHERE id IN (SELECT id FROM reviews WHERE deleted_at < trashed_before ORDER BY deleted_at, id LIMIT at_most)
        RETURNING id
      )
      SELECT count(*)::int FROM gone
    $$;
  `);
  await db.execute(pendingModeration('AND review.deleted_at IS NULL'));
  await db.execute(blocksGo('CASCADE'));
}

/** What there is says already what its trigger would have said. */
const followsOf = (kind: string): string => `
  CREATE TRIGGER ${kind}_show_reviews AFTER UPDATE ON ${kind}
    FOR EACH ROW WHEN ((OLD._status, OLD.moderation_status, OLD.deleted_at)
      IS DISTINCT FROM (NEW._status, NEW.moderation_status, NEW.deleted_at))
    EXECUTE FUNCTION convene_show_reviews();
  UPDATE reviews AS review SET listing_is_live = false
  WHERE review.kind = '${kind}' AND NOT EXISTS (
    SELECT FROM ${kind} AS listing WHERE listing.id = review.listing_id::int AND listing._status = 'published'
      AND listing.moderation_status = 'approved' AND listing.deleted_at IS NULL);
`;

const blocksGo = (action: 'CASCADE' | 'SET NULL') =>
  sql.raw(
    ['blocker', 'blocked']
      .map(
        (column) => `
          ALTER TABLE blocks DROP CONSTRAINT blocks_${column}_id_users_id_fk;
          ALTER TABLE blocks ADD CONSTRAINT blocks_${column}_id_users_id_fk
            FOREIGN KEY (${column}_id) REFERENCES users (id) ON DELETE ${action};`,
      )
      .join(''),
  );

/** As it was but for which reviews wait. */
const pendingModeration = (whichReviews: string) =>
  sql.raw(`
    CREATE OR REPLACE VIEW worker_pending_moderation AS
      ${listingKinds
        .map(
          (kind) => `SELECT 'listing'::text AS subject, '${kind}'::text AS kind, listing.id AS listing_id, listing.id,
             version.version_title::text AS title, version.updated_at AS waiting_since
        FROM _${kind}_v AS version JOIN ${kind} AS listing ON listing.id = version.parent_id
        WHERE version.latest AND version.version_moderation_status = 'pending' AND listing.deleted_at IS NULL`,
        )
        .join(' UNION ALL ')}
      UNION ALL
      SELECT 'review', review.kind::text, review.listing_id::int, review.id, NULL, review.updated_at
        FROM reviews AS review WHERE review.moderation_status = 'pending' ${whichReviews}
      UNION ALL
      SELECT 'claim', claim.kind::text, claim.listing_id::int, claim.id, NULL, claim.created_at
        FROM claims AS claim WHERE claim.status = 'pending'
      UNION ALL
      SELECT 'report', report.subject_kind::text, CASE WHEN report.subject = 'listing' THEN report.subject_id::int END,
             report.id, NULL, report.created_at
        FROM reports AS report WHERE report.status = 'open'
      UNION ALL
      SELECT 'verification', NULL, NULL, request.id, NULL, request.created_at
        FROM verifications AS request WHERE request.status = 'pending'
  `);

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(blocksGo('SET NULL'));
  await db.execute(pendingModeration(''));
  await db.execute(sql`
    DROP FUNCTION worker_purge_reviews(timestamptz, int);
    DROP VIEW worker_binned_reviews;
    DROP TRIGGER reviews_follow_listing ON reviews;
  `);
  for (const kind of listingKinds) await db.execute(sql.raw(`DROP TRIGGER ${kind}_show_reviews ON ${kind};`));
  await db.execute(sql`
    DROP FUNCTION convene_show_reviews();
    DROP FUNCTION convene_review_follows();
  `);
}
