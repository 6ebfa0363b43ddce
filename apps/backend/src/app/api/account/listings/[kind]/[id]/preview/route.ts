import { preview } from '../../../../../../../endpoints/ownListings/preview';
import { routeHandlers } from '../../../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({ GET: preview });
