import { routeHandlers } from '../../../../endpoints/http';
import { recordImpression } from '../../../../endpoints/metrics';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: recordImpression });
