import { verify } from '../../../../endpoints/auth/verify';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: verify });
