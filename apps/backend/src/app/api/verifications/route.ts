import { besidePayload } from '../../../endpoints/besidePayload';
import { createVerification } from '../../../endpoints/verifications/verifications';

export const { GET, POST, PUT, PATCH, DELETE } = besidePayload('verifications', { POST: createVerification });
