import { ownConversations } from '../../../../endpoints/account/ownMessages';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: ownConversations });
