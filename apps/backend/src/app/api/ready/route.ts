import { ready } from '../../../endpoints/health/ready';
import { routeHandlers } from '../../../endpoints/http';

export const dynamic = 'force-dynamic';
export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: ready });
