import { deleteAccount } from '../../../../endpoints/account/deleteAccount';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: deleteAccount });
