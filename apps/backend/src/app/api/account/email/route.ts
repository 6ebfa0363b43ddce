import { changeEmail } from '../../../../endpoints/account/changeEmail';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: changeEmail });
