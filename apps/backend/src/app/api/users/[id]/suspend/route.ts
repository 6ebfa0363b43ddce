import { routeHandlers } from '../../../../../endpoints/http';
import { suspend } from '../../../../../endpoints/users/suspension';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ id: string }>({ POST: suspend });
