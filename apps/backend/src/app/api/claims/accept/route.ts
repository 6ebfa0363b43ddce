import { acceptClaim } from '../../../../endpoints/claims/claims';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: acceptClaim });
