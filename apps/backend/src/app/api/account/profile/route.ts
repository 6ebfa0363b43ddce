import { changeProfile } from '../../../../endpoints/account/settings';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: changeProfile });
