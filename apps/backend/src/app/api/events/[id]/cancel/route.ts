import { cancelEvent } from '../../../../../endpoints/events/cancelEvent';
import { routeHandlers } from '../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ id: string }>({ POST: cancelEvent });
