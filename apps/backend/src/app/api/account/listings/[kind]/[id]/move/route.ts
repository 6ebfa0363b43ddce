import { moveListing } from '../../../../../../../endpoints/ownListings/ownListing';
import { routeHandlers } from '../../../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({ POST: moveListing });
