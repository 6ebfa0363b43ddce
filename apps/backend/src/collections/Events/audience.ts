import type { SqlExecutor } from '@convene/coordination';

/** Everybody who takes part in an event or has saved it, its owner apart; in the order of their ids. */
export const audienceOf = async (sql: SqlExecutor, eventId: number): Promise<number[]> => {
  const { rows } = await sql.query<{ id: number }>(
    `SELECT account.id FROM users AS account
     WHERE account.deleted_at IS NULL
       AND account.id IN (
         SELECT client_id FROM bookings WHERE kind = 'events' AND listing_id = $1 AND status = 'confirmed'
         UNION SELECT user_id FROM favorites WHERE kind = 'events' AND listing_id = $1
       )
       AND account.id IS DISTINCT FROM (SELECT owner_id FROM events WHERE id = $1)
     ORDER BY account.id`,
    [eventId],
  );
  return rows.map(({ id }) => id);
};
