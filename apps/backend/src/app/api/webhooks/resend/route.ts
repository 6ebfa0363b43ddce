import { routeHandlers } from '../../../../endpoints/http';
import { resendWebhook } from '../../../../endpoints/webhooks/resendWebhook';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: resendWebhook });
