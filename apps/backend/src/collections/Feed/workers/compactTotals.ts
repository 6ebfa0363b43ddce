import type { SqlExecutor } from '@convene/coordination';

/**
 * Makes one row of `feed_totals` of all that triggers have added for a day and kind. One statement, which sums only
 * what it removes itself: what is added meanwhile stays for the next time, and the sums are the same before and after.
 */
export const compactTotals = async (sql: SqlExecutor): Promise<void> => {
  await sql.query(
    `WITH several AS (
       SELECT day, kind FROM feed_totals GROUP BY day, kind HAVING count(*) > 1
     ), removed AS (
       DELETE FROM feed_totals AS total USING several
       WHERE total.day = several.day AND total.kind = several.kind
       RETURNING total.*
     )
     INSERT INTO feed_totals (day, kind, impressions, views, favorites, bookings)
     SELECT day, kind, sum(impressions), sum(views), sum(favorites), sum(bookings) FROM removed GROUP BY day, kind`,
  );
};
