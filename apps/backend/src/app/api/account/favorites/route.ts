import { ownFavorites } from '../../../../endpoints/account/ownFavorites';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: ownFavorites });
