import { signInCode } from '../../../../../endpoints/auth/signInCode';
import { routeHandlers } from '../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: signInCode });
