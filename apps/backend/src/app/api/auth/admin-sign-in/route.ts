import { adminSignIn } from '../../../../endpoints/auth/adminSignIn';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: adminSignIn });
