import { besidePayload } from '../../../endpoints/besidePayload';
import { createBooking } from '../../../endpoints/bookings/bookings';

export const { GET, POST, PUT, PATCH, DELETE } = besidePayload('bookings', { POST: createBooking });
