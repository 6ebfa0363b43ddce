import { routeHandlers } from '../../../../endpoints/http';
import { person } from '../../../../endpoints/people/person';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ id: string }>({ GET: person });
