import { toggle } from '../../../../endpoints/favorites/toggle';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: toggle });
