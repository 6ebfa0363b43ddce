import { routeHandlers } from '../../../../endpoints/http';
import { decideOnFailedNotifications, failedNotifications } from '../../../../endpoints/notifications/failed';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({
  GET: failedNotifications,
  POST: decideOnFailedNotifications,
});
