import { person } from '../../../../endpoints/people/person';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ id: string }>({ GET: person });
