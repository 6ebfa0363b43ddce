import { routeHandlers } from '../../../../../../../endpoints/http';
import { statistics } from '../../../../../../../endpoints/ownListings/statistics';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({ GET: statistics });
