import { health } from '../../../endpoints/health/health';
import { routeHandlers } from '../../../endpoints/http';

export const dynamic = 'force-dynamic';
export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: health });
