import { type AccountMarks, accountMarksSchema } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account/marks */
export const accountMarks: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readMarks(getPool(), user.id));
};

/** Counts as the list of conversations does: what is about a listing that is in the bin is not in it. */
export const readMarks = async (sql: SqlExecutor, userId: number): Promise<AccountMarks> => {
  const { rows } = await sql.query<{ marks: unknown }>(
    `SELECT jsonb_build_object(
       'favorites', (SELECT coalesce(jsonb_agg(kind || ':' || listing_id::int), '[]')
                     FROM (SELECT kind, listing_id FROM favorites WHERE user_id = $1
                           ORDER BY created_at DESC, id DESC LIMIT 2000) AS saved),
       'unreadMessages', (SELECT count(*)::int FROM messages AS message
                          JOIN worker_listings AS listing
                            ON listing.kind = message.kind AND listing.id = message.listing_id::int
                          WHERE (message.client_id = $1 OR message.owner_id = $1) AND message.sender_id <> $1
                            AND message.read_at IS NULL)
     ) AS marks`,
    [userId],
  );
  return accountMarksSchema.parse(rows[0]?.marks);
};
