import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/** What pictures show is said by each version of a listing: an edit that waits must not change what visitors read. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "locations" ADD COLUMN "picture_texts" jsonb;
  ALTER TABLE "_locations_v" ADD COLUMN "version_picture_texts" jsonb;
  ALTER TABLE "events" ADD COLUMN "picture_texts" jsonb;
  ALTER TABLE "_events_v" ADD COLUMN "version_picture_texts" jsonb;
  ALTER TABLE "services" ADD COLUMN "picture_texts" jsonb;
  ALTER TABLE "_services_v" ADD COLUMN "version_picture_texts" jsonb;`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "locations" DROP COLUMN "picture_texts";
  ALTER TABLE "_locations_v" DROP COLUMN "version_picture_texts";
  ALTER TABLE "events" DROP COLUMN "picture_texts";
  ALTER TABLE "_events_v" DROP COLUMN "version_picture_texts";
  ALTER TABLE "services" DROP COLUMN "picture_texts";
  ALTER TABLE "_services_v" DROP COLUMN "version_picture_texts";`);
}
