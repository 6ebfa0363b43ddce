import { routeHandlers } from '../../../../../../endpoints/http';
import { listingOfMine } from '../../../../../../endpoints/listings/mine';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; slug: string }>({ GET: listingOfMine });
