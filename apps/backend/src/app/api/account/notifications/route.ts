import { notificationPreferences, setNotificationPreferences } from '../../../../endpoints/account/notifications';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({
  GET: notificationPreferences,
  POST: setNotificationPreferences,
});
