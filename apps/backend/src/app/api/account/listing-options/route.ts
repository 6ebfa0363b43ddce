import { routeHandlers } from '../../../../endpoints/http';
import { listingOptions } from '../../../../endpoints/ownListings/options';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: listingOptions });
