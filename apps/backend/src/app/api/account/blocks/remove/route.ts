import { unblock } from '../../../../../endpoints/account/blocks';
import { routeHandlers } from '../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: unblock });
