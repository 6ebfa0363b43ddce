import { routeHandlers } from '../../../../../endpoints/http';
import { listing } from '../../../../../endpoints/listings/listing';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; slug: string }>({ GET: listing });
