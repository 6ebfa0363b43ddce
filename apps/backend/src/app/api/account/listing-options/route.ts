import { listingOptions } from '../../../../endpoints/ownListings/options';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: listingOptions });
