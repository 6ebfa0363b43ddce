import { routeHandlers } from '../../../../../endpoints/http';
import { unsuspend } from '../../../../../endpoints/users/suspension';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ id: string }>({ POST: unsuspend });
