import { accountMarks } from '../../../../endpoints/account/marks';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: accountMarks });
