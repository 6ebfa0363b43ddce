import { map } from '../../../endpoints/feed/feedEndpoint';
import { routeHandlers } from '../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: map });
