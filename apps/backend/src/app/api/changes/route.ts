import { changes } from '../../../endpoints/changes/changes';
import { routeHandlers } from '../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: changes });
