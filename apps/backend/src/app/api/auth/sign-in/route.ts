import { signIn } from '../../../../endpoints/auth/signIn';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: signIn });
