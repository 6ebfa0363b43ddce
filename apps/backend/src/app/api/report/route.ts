import { routeHandlers } from '../../../endpoints/http';
import { reportEndpoint } from '../../../endpoints/reportEndpoint';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: reportEndpoint });
