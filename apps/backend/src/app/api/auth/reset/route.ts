import { reset } from '../../../../endpoints/auth/reset';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: reset });
