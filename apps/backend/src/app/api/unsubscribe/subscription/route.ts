import { routeHandlers } from '../../../../endpoints/http';
import { subscription } from '../../../../endpoints/unsubscribe/unsubscribe';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: subscription });
