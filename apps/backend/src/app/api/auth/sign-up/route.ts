import { signUp } from '../../../../endpoints/auth/signUp';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: signUp });
