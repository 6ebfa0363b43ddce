import { routeHandlers } from '../../../endpoints/http';
import { commandUsage } from '../../../endpoints/usage/commandUsage';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: commandUsage });
