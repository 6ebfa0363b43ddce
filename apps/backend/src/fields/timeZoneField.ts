import { isTimeZone } from '@convene/common/time';
import type { TextField } from 'payload';

/** In which the times of an event, or of bookings in a city, are shown. */
export const timeZoneField: TextField = {
  name: 'timeZone',
  type: 'text',
  required: true,
  defaultValue: 'Europe/Bucharest',
  maxLength: 64,
  validate: (value: string | null | undefined) =>
    (value && isTimeZone(value)) || 'Enter a time zone such as Europe/Bucharest.',
};
