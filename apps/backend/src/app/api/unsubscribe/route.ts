import { routeHandlers } from '../../../endpoints/http';
import { askToUnsubscribe, unsubscribe } from '../../../endpoints/unsubscribe/unsubscribe';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: askToUnsubscribe, POST: unsubscribe });
