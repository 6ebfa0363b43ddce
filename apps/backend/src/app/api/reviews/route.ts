import { besidePayload } from '../../../endpoints/besidePayload';
import { createReview } from '../../../endpoints/reviews/reviews';

export const { GET, POST, PUT, PATCH, DELETE } = besidePayload('reviews', { POST: createReview });
