import { ownListings } from '../../../../endpoints/account/ownListings';
import { routeHandlers } from '../../../../endpoints/http';
import { createListing } from '../../../../endpoints/ownListings/ownListing';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: ownListings, POST: createListing });
