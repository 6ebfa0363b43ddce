import { besidePayload } from '../../../endpoints/besidePayload';
import { createMessage } from '../../../endpoints/messages/messages';

export const { GET, POST, PUT, PATCH, DELETE } = besidePayload('messages', { POST: createMessage });
