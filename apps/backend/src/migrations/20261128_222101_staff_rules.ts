import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * That the audit trail is never changed, whoever tries; that decisions about failed mails are in it; and which listings
 * a suspension has hidden.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE FUNCTION convene_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        -- Two years, to the day.
        IF OLD.at < now() - interval '730 days' THEN
          RETURN OLD;
        END IF;
      END IF;
      RAISE EXCEPTION 'the audit trail is never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_log_append_only';
    END $$;

    CREATE TRIGGER audit_log_keep BEFORE UPDATE OR DELETE ON audit_log
      FOR EACH ROW EXECUTE FUNCTION convene_keep_audit();
    CREATE TRIGGER audit_log_keep_all BEFORE TRUNCATE ON audit_log
      FOR EACH STATEMENT EXECUTE FUNCTION convene_keep_audit();

    -- Decisions are made by SQL that knows no request; by is "user" and an id where it was somebody's.
    CREATE FUNCTION convene_audit_mail_decision() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      actor int := substring(NEW.decided_by FROM '^user (\\d+)$')::int;
    BEGIN
      IF actor IS NULL THEN
        RETURN NULL;
      END IF;
      INSERT INTO audit_log (at, actor_id, actor_name, action, subject_collection, subject_id, changes)
      VALUES (
        now(), actor, coalesce((SELECT display_name FROM users WHERE id = actor), ''),
        CASE NEW.decision WHEN 'retry' THEN 'mail-retried' WHEN 'send-again' THEN 'mail-sent-again'
                          WHEN 'discard' THEN 'mail-discarded' WHEN 'mark-sent' THEN 'mail-marked-sent'
                          ELSE 'mail-' || NEW.decision END,
        'notification-outbox', NEW.outbox_id,
        jsonb_build_array(jsonb_build_object('field', 'status', 'from', NEW.status_before, 'to', NEW.decision))
      );
      RETURN NULL;
    END $$;

    CREATE TRIGGER notification_decisions_audit AFTER INSERT ON notification_decisions
      FOR EACH ROW EXECUTE FUNCTION convene_audit_mail_decision();

    -- version_id: the version that said "published" too, where it was the latest.
    CREATE TABLE suspended_listings (
      kind text NOT NULL,
      listing_id int NOT NULL,
      user_id int NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      version_id int,
      PRIMARY KEY (kind, listing_id)
    );
    CREATE INDEX suspended_listings_user_idx ON suspended_listings (user_id);
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TABLE suspended_listings;
    DROP TRIGGER notification_decisions_audit ON notification_decisions;
    DROP FUNCTION convene_audit_mail_decision();
    DROP TRIGGER audit_log_keep_all ON audit_log;
    DROP TRIGGER audit_log_keep ON audit_log;
    DROP FUNCTION convene_keep_audit();
  `);
}
