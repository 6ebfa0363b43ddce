import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * What the admin's dashboards read: how many commands each report of Redis usage held, so that a day's shape is known;
 * and what metrics_daily comes to by day and kind, since a year of 5,000 listings is 1.8 million rows to sum. Triggers
 * add each statement's changes as rows of their own, in its transaction: no two ever wait for each other there. The
 * aggregation makes one row of those of a day and kind.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE redis_usage_reports ADD COLUMN IF NOT EXISTS commands numeric DEFAULT 0 NOT NULL;

    CREATE TABLE feed_totals (
      day varchar NOT NULL,
      kind varchar NOT NULL,
      impressions numeric NOT NULL,
      views numeric NOT NULL,
      favorites numeric NOT NULL,
      bookings numeric NOT NULL
    );
    CREATE INDEX feed_totals_day_idx ON feed_totals (day);

    CREATE FUNCTION convene_sum_feed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO feed_totals (day, kind, impressions, views, favorites, bookings)
        SELECT day, kind, sum(impressions), sum(views), sum(favorites), sum(bookings) FROM added GROUP BY day, kind;
      ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO feed_totals (day, kind, impressions, views, favorites, bookings)
        SELECT day, kind, sum(impressions), sum(views), sum(favorites), sum(bookings)
        FROM (SELECT day, kind, impressions, views, favorites, bookings FROM added
              UNION ALL SELECT day, kind, -impressions, -views, -favorites, -bookings FROM removed) AS change
        GROUP BY day, kind;
      ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO feed_totals (day, kind, impressions, views, favorites, bookings)
        SELECT day, kind, -sum(impressions), -sum(views), -sum(favorites), -sum(bookings)
        FROM removed GROUP BY day, kind;
      ELSE
        DELETE FROM feed_totals;
      END IF;
      RETURN NULL;
    END $$;

    LOCK TABLE metrics_daily IN SHARE ROW EXCLUSIVE MODE;
    CREATE TRIGGER metrics_daily_sum_added AFTER INSERT ON metrics_daily
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION convene_sum_feed();
    CREATE TRIGGER metrics_daily_sum_changed AFTER UPDATE ON metrics_daily
      REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION convene_sum_feed();
    CREATE TRIGGER metrics_daily_sum_removed AFTER DELETE ON metrics_daily
      REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION convene_sum_feed();
    CREATE TRIGGER metrics_daily_sum_emptied AFTER TRUNCATE ON metrics_daily
      FOR EACH STATEMENT EXECUTE FUNCTION convene_sum_feed();

    INSERT INTO feed_totals (day, kind, impressions, views, favorites, bookings)
    SELECT day, kind, sum(impressions), sum(views), sum(favorites), sum(bookings)
    FROM metrics_daily GROUP BY day, kind;
  `);
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER metrics_daily_sum_emptied ON metrics_daily;
    DROP TRIGGER metrics_daily_sum_removed ON metrics_daily;
    DROP TRIGGER metrics_daily_sum_changed ON metrics_daily;
    DROP TRIGGER metrics_daily_sum_added ON metrics_daily;
    DROP FUNCTION convene_sum_feed;
    DROP TABLE feed_totals;
    ALTER TABLE redis_usage_reports DROP COLUMN IF EXISTS commands;
  `);
}
