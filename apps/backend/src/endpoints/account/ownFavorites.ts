import { type OwnFavorites, ownFavoritesSchema } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account/favorites */
export const ownFavorites: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readOwnFavorites(getPool(), user.id));
};

/** The newest first; what is not public any more is left out. */
export const readOwnFavorites = async (sql: SqlExecutor, userId: number): Promise<OwnFavorites> => {
  const { rows } = await sql.query<{ item: unknown }>(
    `SELECT jsonb_build_object(
       'listing', jsonb_build_object('kind', listing.kind, 'listingId', listing.id, 'title', listing.title, 'slug', listing.slug),
       'savedAt', favorite.created_at) AS item
     FROM favorites AS favorite
     JOIN worker_listings AS listing ON listing.kind = favorite.kind AND listing.id = favorite.listing_id::int
     WHERE favorite.user_id = $1 AND listing.is_live
     ORDER BY favorite.created_at DESC, favorite.id DESC LIMIT 500`,
    [userId],
  );
  return ownFavoritesSchema.parse({ items: rows.map(({ item }) => item) });
};
