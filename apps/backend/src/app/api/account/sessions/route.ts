import { sessions } from '../../../../endpoints/account/sessions';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: sessions });
