import { favoriteToggleSchema } from '@convene/common/api';
import { toggleFavorite } from '../../collections/Favorites/toggle';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { favoriteLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/favorites/toggle */
export const toggle: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, favoriteLimit);
  const { kind, listingId, favorite: wanted } = await readJson(request, favoriteToggleSchema);
  const favorite = await toggleFavorite({ req, user, listing: { kind, id: listingId }, wanted });
  return jsonAnswer({ favorite });
};
