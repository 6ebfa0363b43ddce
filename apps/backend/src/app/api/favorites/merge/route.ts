import { merge } from '../../../../endpoints/favorites/merge';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: merge });
