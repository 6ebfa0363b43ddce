import { routeHandlers } from '../../../../../../endpoints/http';
import { ownListing, saveListing } from '../../../../../../endpoints/ownListings/ownListing';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({
  GET: ownListing,
  POST: saveListing,
});
