import { changePassword } from '../../../../endpoints/account/settings';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: changePassword });
