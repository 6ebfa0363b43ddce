import { signOut } from '../../../../endpoints/auth/signOut';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: signOut });
