import { feed } from '../../../endpoints/feed/feed';
import { routeHandlers } from '../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: feed });
