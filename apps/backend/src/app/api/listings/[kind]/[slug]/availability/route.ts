import { routeHandlers } from '../../../../../../endpoints/http';
import { availability } from '../../../../../../endpoints/listings/availability';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; slug: string }>({ GET: availability });
