import { type FavoriteMergeAnswer, favoriteMergeSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import { toggleFavorite } from '../../collections/Favorites/toggle';
import type { ListingRef } from '../../collections/Listings/listingRef';
import type { User } from '../../payload-types';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { favoriteMergeLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/favorites/merge */
export const merge: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, favoriteMergeLimit);
  const { listings } = await readJson(request, favoriteMergeSchema);
  return jsonAnswer(
    await mergeFavorites({ req, user, listings: listings.map(({ kind, listingId }) => ({ kind, id: listingId })) }),
  );
};

/**
 * Saves what is not saved yet, the last first, so that the newest of the list is the newest of the account. One by one,
 * each in a transaction of its own: what was saved when a later one fails stays, and asking again does no harm.
 */
export const mergeFavorites = async ({
  req,
  user,
  listings,
}: {
  req: PayloadRequest;
  user: User;
  listings: ListingRef[];
}): Promise<FavoriteMergeAnswer> => {
  const unique = new Map(listings.map((listing) => [`${listing.kind}:${listing.id}`, listing]));
  const answer = { added: 0, kept: 0, gone: 0 };
  for (const listing of [...unique.values()].reverse()) {
    const { rows } = await getPool().query(
      'SELECT FROM favorites WHERE kind = $1 AND listing_id = $2 AND user_id = $3',
      [listing.kind, listing.id, user.id],
    );
    if (rows.length > 0) answer.kept += 1;
    else if (await isAdded({ req, user, listing })) answer.added += 1;
    else answer.gone += 1;
  }
  return answer;
};

const isAdded = async (toggle: { req: PayloadRequest; user: User; listing: ListingRef }): Promise<boolean> => {
  try {
    return await toggleFavorite({ ...toggle, wanted: true });
  } catch (error) {
    if (error instanceof ConveneError && error.code === 'not-found') return false;
    throw error;
  }
};
