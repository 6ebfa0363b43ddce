import { type FavoriteCards, favoriteCardsSchema, type OwnFavorites, ownFavoritesSchema } from '@convene/common/api';
import { listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { listingCards } from '../../readModels/listingCards';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account/favorites */
export const ownFavorites: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readFavoriteCards(getPool(), user.id));
};

/** Each as the lists of the site show it, the newest first. */
export const readFavoriteCards = async (sql: SqlExecutor, userId: number): Promise<FavoriteCards> => {
  const { items } = await readOwnFavorites(sql, userId);
  const cards = await Promise.all(
    listingKinds.map((kind) =>
      listingCards(sql, {
        kind,
        ids: items.filter(({ listing }) => listing.kind === kind).map(({ listing }) => listing.listingId),
      }),
    ),
  );
  const byListing = new Map(cards.flat().map((card) => [`${card.kind}:${card.id}`, card]));
  return favoriteCardsSchema.parse({
    items: items.flatMap((item) => {
      const card = byListing.get(`${item.listing.kind}:${item.listing.listingId}`);
      return card ? [{ ...item, card }] : [];
    }),
  });
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
