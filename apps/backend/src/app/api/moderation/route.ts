import { routeHandlers } from '../../../endpoints/http';
import { moderate } from '../../../endpoints/moderation/moderation';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: moderate });
