import { ownListings } from '../../../../endpoints/account/ownListings';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: ownListings });
