import { currencies, priceUnits } from '@convene/common/listings';
import { bookingStatuses, bookingTypes } from '@convene/common/market';
import type { CollectionConfig, Field } from 'payload';
import { adminOnly } from '../../access/adminOnly';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { nobodyField } from '../../access/nobodyField';
import { ownBy } from '../../access/ownBy';
import { staffOnly } from '../../access/staffOnly';
import { listingReference, personField, stateField } from '../../fields/marketFields';
import { lockRow } from '../../hooks/beforeOperation/lockRow';
import { countBooking } from './hooks/afterChange/countBooking';
import { notifyBookingCancelled } from './hooks/afterChange/notifyBookingCancelled';
import { notifyClientBookingDecided } from './hooks/afterChange/notifyClientBookingDecided';
import { notifyOwnerBookingRequested } from './hooks/afterChange/notifyOwnerBookingRequested';
import { notifyParticipationConfirmed } from './hooks/afterChange/notifyParticipationConfirmed';
import { guardTransition } from './hooks/beforeChange/guardTransition';

const fixed = { access: { create: nobodyField, update: nobodyField }, admin: { readOnly: true } };
const moment = { date: { pickerAppearance: 'dayAndTime' } } as const;

const timeFields: Field[] = [
  {
    type: 'row',
    fields: [
      { name: 'startsAt', type: 'date', required: true, access: { update: nobodyField }, admin: moment },
      { name: 'endsAt', type: 'date', required: true, index: true, access: { update: nobodyField }, admin: moment },
      {
        name: 'timeZone',
        type: 'text',
        required: true,
        access: { update: nobodyField },
        admin: { description: 'In which the times are shown' },
      },
    ],
  },
];

/** As the listing said when it was booked; a later price is for later bookings. */
const priceFields: Field = {
  name: 'price',
  type: 'group',
  ...fixed,
  fields: [
    {
      type: 'row',
      fields: [
        { name: 'amountMinor', type: 'number', min: 0 },
        { name: 'currency', type: 'select', options: [...currencies] },
        { name: 'unit', type: 'select', options: [...priceUnits] },
        { name: 'totalMinor', type: 'number', min: 0 },
      ],
    },
  ],
};

/**
 * Seats of an event, or a time at a location or of a service; also the times that an owner keeps free. Written at
 * /api/bookings. Postgres itself refuses what overlaps and what exceeds an event's capacity, whoever writes it.
 */
export const Bookings: CollectionConfig = {
  slug: 'bookings',
  disableDuplicate: true,
  admin: {
    group: 'Market',
    description: 'Seats of events, times at locations and of services, and times that owners keep free.',
    hidden: hiddenFromOthers,
    listSearchableFields: ['note', 'reason'],
    defaultColumns: ['kind', 'listingId', 'type', 'status', 'client', 'seats', 'startsAt'],
  },
  access: { create: nobody, read: ownBy('client', 'owner'), update: staffOnly, delete: adminOnly },
  hooks: {
    beforeOperation: [lockRow('bookings')],
    beforeChange: [guardTransition],
    afterChange: [
      countBooking,
      notifyOwnerBookingRequested,
      notifyClientBookingDecided,
      notifyBookingCancelled,
      notifyParticipationConfirmed,
    ],
  },
  indexes: [{ fields: ['kind', 'listingId', 'status', 'startsAt'] }, { fields: ['status', 'endsAt'] }],
  fields: [
    listingReference,
    { name: 'type', type: 'select', required: true, options: [...bookingTypes], ...fixed },
    stateField('status', { options: bookingStatuses, defaultValue: 'requested' }),
    // Nobody's, where the owner keeps the time free.
    personField('client'),
    personField('owner'),
    { name: 'seats', type: 'number', required: true, defaultValue: 1, min: 1, max: 10_000, ...fixed },
    ...timeFields,
    priceFields,
    { name: 'note', type: 'textarea', maxLength: 2_000, access: { update: nobodyField } },
    {
      name: 'reason',
      type: 'textarea',
      maxLength: 2_000,
      admin: { position: 'sidebar', description: 'Of a refusal or cancellation; the other party reads this.' },
    },
    { name: 'decidedAt', type: 'date', ...fixed, admin: { ...fixed.admin, ...moment, position: 'sidebar' } },
    { name: 'cancelledBy', type: 'text', ...fixed, admin: { ...fixed.admin, position: 'sidebar' } },
  ],
};
