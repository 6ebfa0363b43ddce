import { routeHandlers } from '../../../../../../../endpoints/http';
import { moveListing } from '../../../../../../../endpoints/ownListings/ownListing';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({ POST: moveListing });
