import { createBlock } from '../../../../endpoints/bookings/bookings';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: createBlock });
