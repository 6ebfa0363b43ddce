import { forgot } from '../../../../endpoints/auth/forgot';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: forgot });
