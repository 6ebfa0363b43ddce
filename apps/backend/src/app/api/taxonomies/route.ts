import { routeHandlers } from '../../../endpoints/http';
import { taxonomies } from '../../../endpoints/taxonomies/taxonomies';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: taxonomies });
