import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * What two-factor sign-in is held by: tables of their own, which no collection shows. Since when it is on is copied to
 * the account by a trigger, so that no write of the account, however old what it writes, can say otherwise. The browser
 * of a session lies beside Payload's own table, whose rows it writes anew at every sign-in.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE two_factor (
      user_id integer PRIMARY KEY REFERENCES users ON DELETE CASCADE,
      secret text NOT NULL,
      confirmed_at timestamptz,
      last_step bigint NOT NULL DEFAULT 0,
      tries integer NOT NULL DEFAULT 0,
      tries_since timestamptz NOT NULL DEFAULT now(),
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE two_factor_recovery_codes (
      user_id integer NOT NULL REFERENCES two_factor ON DELETE CASCADE,
      hash text NOT NULL,
      PRIMARY KEY (user_id, hash)
    );

    CREATE TABLE session_devices (
      session_id varchar PRIMARY KEY,
      user_id integer NOT NULL REFERENCES users ON DELETE CASCADE,
      user_agent text NOT NULL
    );
    CREATE INDEX session_devices_user_idx ON session_devices (user_id);

    CREATE FUNCTION convene_two_factor_since() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.two_factor_since := (SELECT confirmed_at FROM two_factor WHERE user_id = NEW.id);
      RETURN NEW;
    END $$;

    CREATE TRIGGER users_two_factor_since BEFORE INSERT OR UPDATE ON users
      FOR EACH ROW EXECUTE FUNCTION convene_two_factor_since();

    CREATE FUNCTION convene_mark_two_factor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE users SET two_factor_since = NULL WHERE id = coalesce(NEW.user_id, OLD.user_id);
      RETURN NULL;
    END $$;

    CREATE TRIGGER two_factor_mark AFTER UPDATE OF confirmed_at OR DELETE ON two_factor
      FOR EACH ROW EXECUTE FUNCTION convene_mark_two_factor();
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER users_two_factor_since ON users;
    DROP FUNCTION convene_two_factor_since();
    DROP TABLE session_devices;
    DROP TABLE two_factor_recovery_codes;
    DROP TABLE two_factor;
    DROP FUNCTION convene_mark_two_factor();
  `);
}
