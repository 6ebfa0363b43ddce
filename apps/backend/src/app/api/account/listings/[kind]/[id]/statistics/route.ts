import { statistics } from '../../../../../../../endpoints/ownListings/statistics';
import { routeHandlers } from '../../../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; id: string }>({ GET: statistics });
