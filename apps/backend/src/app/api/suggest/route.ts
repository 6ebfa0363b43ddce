import { routeHandlers } from '../../../endpoints/http';
import { suggest } from '../../../endpoints/suggest/suggest';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: suggest });
