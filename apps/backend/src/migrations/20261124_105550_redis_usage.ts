import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "redis_usage" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"day" varchar NOT NULL,
  	"app" varchar NOT NULL,
  	"source" varchar NOT NULL,
  	"command" varchar NOT NULL,
  	"count" numeric DEFAULT 0 NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "redis_usage_reports" (
  	"id" varchar PRIMARY KEY NOT NULL,
  	"app" varchar NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE INDEX "redis_usage_updated_at_idx" ON "redis_usage" USING btree ("updated_at");
  CREATE INDEX "redis_usage_created_at_idx" ON "redis_usage" USING btree ("created_at");
  CREATE UNIQUE INDEX "day_app_source_command_idx" ON "redis_usage" USING btree ("day","app","source","command");
  CREATE INDEX "redis_usage_reports_updated_at_idx" ON "redis_usage_reports" USING btree ("updated_at");
  CREATE INDEX "redis_usage_reports_created_at_idx" ON "redis_usage_reports" USING btree ("created_at");`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "redis_usage" CASCADE;
  DROP TABLE "redis_usage_reports" CASCADE;`);
}
