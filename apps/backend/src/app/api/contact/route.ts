import { contactEndpoint } from '../../../endpoints/contactEndpoint';
import { routeHandlers } from '../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: contactEndpoint });
