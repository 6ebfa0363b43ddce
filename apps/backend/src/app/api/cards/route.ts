import { routeHandlers } from '../../../endpoints/http';
import { cards } from '../../../endpoints/listings/cards';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ GET: cards });
