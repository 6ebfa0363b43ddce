import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "feed_weights" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"rating" numeric DEFAULT 0.3 NOT NULL,
  	"reviews" numeric DEFAULT 0.1 NOT NULL,
  	"views" numeric DEFAULT 0.2 NOT NULL,
  	"favorites" numeric DEFAULT 0.1 NOT NULL,
  	"bookings" numeric DEFAULT 0.2 NOT NULL,
  	"click_through" numeric DEFAULT 0.1 NOT NULL,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  DROP INDEX "listing_rank_updated_at_idx";
  DROP INDEX "listing_rank_created_at_idx";
  DROP INDEX "kind_city_type_listingId_idx";
  DROP INDEX "kind_city_type_score_idx";
  DROP INDEX "kind_listingId_1_idx";
  CREATE UNIQUE INDEX "kind_listingId_city_type_idx" ON "listing_rank" USING btree ("kind","listing_id","city","type");
  CREATE INDEX "kind_city_type_score_listingId_idx" ON "listing_rank" USING btree ("kind","city","type","score","listing_id");
  ALTER TABLE "listing_rank" DROP COLUMN "updated_at";
  ALTER TABLE "listing_rank" DROP COLUMN "created_at";`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
  DROP TABLE "feed_weights" CASCADE;
  DROP INDEX "kind_listingId_city_type_idx";
  DROP INDEX "kind_city_type_score_listingId_idx";
  ALTER TABLE "listing_rank" ADD COLUMN "updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL;
  ALTER TABLE "listing_rank" ADD COLUMN "created_at" timestamp(3) with time zone DEFAULT now() NOT NULL;
  CREATE INDEX "listing_rank_updated_at_idx" ON "listing_rank" USING btree ("updated_at");
  CREATE INDEX "listing_rank_created_at_idx" ON "listing_rank" USING btree ("created_at");
  CREATE UNIQUE INDEX "kind_city_type_listingId_idx" ON "listing_rank" USING btree ("kind","city","type","listing_id");
  CREATE INDEX "kind_city_type_score_idx" ON "listing_rank" USING btree ("kind","city","type","score");
  CREATE INDEX "kind_listingId_1_idx" ON "listing_rank" USING btree ("kind","listing_id");`);
}
