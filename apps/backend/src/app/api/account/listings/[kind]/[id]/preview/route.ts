import { routeHandlers } from '../../../../../../../endpoints/http';
import { preview } from '../../../../../../../endpoints/ownListings/preview';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({ GET: preview });
