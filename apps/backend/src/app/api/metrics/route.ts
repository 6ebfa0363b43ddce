import { routeHandlers } from '../../../endpoints/http';
import { prometheus } from '../../../endpoints/metrics/prometheus';

export const dynamic = 'force-dynamic';
export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: prometheus });
