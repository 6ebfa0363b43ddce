import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/** The trace that a notification belongs to, so that its mail goes on with it in another process. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`ALTER TABLE notification_outbox ADD COLUMN IF NOT EXISTS trace_parent varchar`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`ALTER TABLE notification_outbox DROP COLUMN IF EXISTS trace_parent`);
}
