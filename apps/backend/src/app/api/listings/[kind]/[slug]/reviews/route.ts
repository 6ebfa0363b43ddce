import { routeHandlers } from '../../../../../../endpoints/http';
import { listReviews } from '../../../../../../endpoints/reviews/reviews';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ kind: string; slug: string }>({ GET: listReviews });
