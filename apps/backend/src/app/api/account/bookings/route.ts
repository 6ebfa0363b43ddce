import { ownBookings } from '../../../../endpoints/account/ownBookings';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: ownBookings });
