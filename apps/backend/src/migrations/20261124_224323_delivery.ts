import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "notification_batches" (
  	"id" varchar PRIMARY KEY NOT NULL,
  	"type" varchar NOT NULL,
  	"status" varchar NOT NULL,
  	"leader" varchar NOT NULL,
  	"entries" jsonb NOT NULL,
  	"tries" numeric DEFAULT 0 NOT NULL,
  	"first_tried_at" timestamp(3) with time zone,
  	"last_tried_at" timestamp(3) with time zone,
  	"settled_at" timestamp(3) with time zone,
  	"error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "notification_decisions" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"outbox_id" varchar NOT NULL,
  	"type" varchar NOT NULL,
  	"decision" varchar NOT NULL,
  	"decided_by" varchar NOT NULL,
  	"status_before" varchar NOT NULL,
  	"error_before" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "webhook_events" (
  	"id" varchar PRIMARY KEY NOT NULL,
  	"type" varchar NOT NULL,
  	"message_id" varchar,
  	"log_id" numeric,
  	"outcome" varchar NOT NULL,
  	"occurred_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "suppressions" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"email" varchar NOT NULL,
  	"reason" varchar NOT NULL,
  	"category" varchar NOT NULL,
  	"detail" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "notification_log" ADD COLUMN "batch_id" varchar;
  ALTER TABLE "notification_log" ADD COLUMN "last_event" varchar;
  ALTER TABLE "notification_log" ADD COLUMN "last_event_at" timestamp(3) with time zone;
  CREATE INDEX "notification_batches_updated_at_idx" ON "notification_batches" USING btree ("updated_at");
  CREATE INDEX "notification_batches_created_at_idx" ON "notification_batches" USING btree ("created_at");
  CREATE INDEX "status_leader_idx" ON "notification_batches" USING btree ("status","leader");
  CREATE INDEX "notification_decisions_updated_at_idx" ON "notification_decisions" USING btree ("updated_at");
  CREATE INDEX "notification_decisions_created_at_idx" ON "notification_decisions" USING btree ("created_at");
  CREATE INDEX "outboxId_idx" ON "notification_decisions" USING btree ("outbox_id");
  CREATE INDEX "webhook_events_updated_at_idx" ON "webhook_events" USING btree ("updated_at");
  CREATE INDEX "webhook_events_created_at_idx" ON "webhook_events" USING btree ("created_at");
  CREATE INDEX "suppressions_updated_at_idx" ON "suppressions" USING btree ("updated_at");
  CREATE INDEX "suppressions_created_at_idx" ON "suppressions" USING btree ("created_at");
  CREATE UNIQUE INDEX "email_category_reason_idx" ON "suppressions" USING btree ("email","category","reason");
  CREATE INDEX "batchId_idx" ON "notification_log" USING btree ("batch_id");

  -- What could not be sent, or nobody knows whether it was: shown, counted by the digest, retried; the many that were sent are not in it.
  CREATE INDEX "notification_outbox_failed_idx" ON "notification_outbox" ("closed_at", "id") WHERE "status" IN ('dead', 'uncertain');`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
  DROP TABLE "notification_batches" CASCADE;
  DROP TABLE "notification_decisions" CASCADE;
  DROP TABLE "webhook_events" CASCADE;
  DROP TABLE "suppressions" CASCADE;
  DROP INDEX "notification_outbox_failed_idx";
  DROP INDEX "batchId_idx";
  ALTER TABLE "notification_log" DROP COLUMN "batch_id";
  ALTER TABLE "notification_log" DROP COLUMN "last_event";
  ALTER TABLE "notification_log" DROP COLUMN "last_event_at";`);
}
