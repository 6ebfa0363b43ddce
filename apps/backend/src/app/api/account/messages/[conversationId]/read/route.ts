import { markRead } from '../../../../../../endpoints/account/ownMessages';
import { routeHandlers } from '../../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ conversationId: string }>({ POST: markRead });
