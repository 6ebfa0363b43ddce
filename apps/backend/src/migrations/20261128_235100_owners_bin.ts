import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * Since when a listing is in the bin by its owner's own hand: only these do owners take out again, not what staff have
 * removed. What is in the bin already counts as theirs unless the audit trail names staff. And who is deleted leaves no
 * blocked people behind, instead of a deletion that fails.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  for (const kind of ['locations', 'events', 'services']) {
    await db.execute(
      sql.raw(`
        ALTER TABLE ${kind} ADD COLUMN owner_binned_at timestamptz(3);
        UPDATE ${kind} AS listing SET owner_binned_at = deleted_at
        WHERE deleted_at IS NOT NULL AND _status = 'draft'
          AND NOT EXISTS (SELECT FROM audit_log WHERE subject_collection = '${kind}' AND subject_id = listing.id::text
                          AND action = 'deleted');
      `),
    );
  }
  await db.execute(sql`
    ALTER TABLE blocks DROP CONSTRAINT blocks_blocker_id_users_id_fk, DROP CONSTRAINT blocks_blocked_id_users_id_fk,
      ADD CONSTRAINT blocks_blocker_id_users_id_fk FOREIGN KEY (blocker_id) REFERENCES users (id) ON DELETE CASCADE,
      ADD CONSTRAINT blocks_blocked_id_users_id_fk FOREIGN KEY (blocked_id) REFERENCES users (id) ON DELETE CASCADE;
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE locations DROP COLUMN owner_binned_at;
    ALTER TABLE events DROP COLUMN owner_binned_at;
    ALTER TABLE services DROP COLUMN owner_binned_at;
    ALTER TABLE blocks DROP CONSTRAINT blocks_blocker_id_users_id_fk, DROP CONSTRAINT blocks_blocked_id_users_id_fk,
      ADD CONSTRAINT blocks_blocker_id_users_id_fk FOREIGN KEY (blocker_id) REFERENCES users (id) ON DELETE SET NULL,
      ADD CONSTRAINT blocks_blocked_id_users_id_fk FOREIGN KEY (blocked_id) REFERENCES users (id) ON DELETE SET NULL;
  `);
}
