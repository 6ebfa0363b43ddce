import { removeAvatar } from '../../../../../endpoints/account/avatar';
import { routeHandlers } from '../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: removeAvatar });
