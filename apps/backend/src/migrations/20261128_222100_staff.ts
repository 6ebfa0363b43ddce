import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "audit_log" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"actor_name" varchar NOT NULL,
  	"actor_id" numeric NOT NULL,
  	"action" varchar NOT NULL,
  	"subject_collection" varchar NOT NULL,
  	"subject_id" varchar NOT NULL,
  	"changes" jsonb,
  	"reason" varchar
  );
  
  ALTER TABLE "users" ADD COLUMN "suspended_at" timestamp(3) with time zone;
  ALTER TABLE "users" ADD COLUMN "suspension_reason" varchar;
  ALTER TABLE "contact_messages" ADD COLUMN "decided_at" timestamp(3) with time zone;
  ALTER TABLE "contact_messages" ADD COLUMN "decided_by_id" integer;
  CREATE INDEX "audit_log_at_idx" ON "audit_log" USING btree ("at");
  CREATE INDEX "audit_log_action_idx" ON "audit_log" USING btree ("action");
  CREATE INDEX "subjectCollection_subjectId_idx" ON "audit_log" USING btree ("subject_collection","subject_id");
  CREATE INDEX "actorId_at_idx" ON "audit_log" USING btree ("actor_id","at");
  ALTER TABLE "contact_messages" ADD CONSTRAINT "contact_messages_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "users_suspended_at_idx" ON "users" USING btree ("suspended_at");
  CREATE INDEX "contact_messages_decided_by_idx" ON "contact_messages" USING btree ("decided_by_id");`);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "audit_log" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "audit_log" CASCADE;
  ALTER TABLE "contact_messages" DROP CONSTRAINT "contact_messages_decided_by_id_users_id_fk";
  
  DROP INDEX "users_suspended_at_idx";
  DROP INDEX "contact_messages_decided_by_idx";
  ALTER TABLE "users" DROP COLUMN "suspended_at";
  ALTER TABLE "users" DROP COLUMN "suspension_reason";
  ALTER TABLE "contact_messages" DROP COLUMN "decided_at";
  ALTER TABLE "contact_messages" DROP COLUMN "decided_by_id";`);
}
