import { routeHandlers } from '../../../../endpoints/http';
import { withdrawOwnReview } from '../../../../endpoints/reviews/reviews';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: withdrawOwnReview });
