import { besidePayload } from '../../../endpoints/besidePayload';
import { createClaim } from '../../../endpoints/claims/claims';

export const { GET, POST, PUT, PATCH, DELETE } = besidePayload('claims', { POST: createClaim });
