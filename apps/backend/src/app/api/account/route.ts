import { account } from '../../../endpoints/account/account';
import { routeHandlers } from '../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: account });
