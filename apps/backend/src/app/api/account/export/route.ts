import { exportAccount } from '../../../../endpoints/account/exportAccount';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: exportAccount });
