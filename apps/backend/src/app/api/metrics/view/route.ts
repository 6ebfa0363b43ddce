import { routeHandlers } from '../../../../endpoints/http';
import { recordView } from '../../../../endpoints/metrics';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: recordView });
