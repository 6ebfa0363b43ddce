import { eventStatusAt } from '@convene/common/listings';
import type { Field } from 'payload';
import { timeZoneField } from '../../fields/timeZoneField';
import { listingCollection } from '../Listings/listingCollection';
import { notifyEventChanged } from './hooks/afterChange/notifyEventChanged';
import { rememberLiveEvent } from './hooks/beforeChange/rememberLiveEvent';
import { validateCapacity } from './validateCapacity';

const dayAndTime = { date: { pickerAppearance: 'dayAndTime' } } as const;

const eventFields: Field[] = [
  {
    type: 'row',
    fields: [
      { name: 'startsAt', type: 'date', required: true, index: true, admin: dayAndTime },
      {
        name: 'endsAt',
        type: 'date',
        required: true,
        index: true,
        admin: dayAndTime,
        validate: (value: unknown, { siblingData }: { siblingData: { startsAt?: string } }) => {
          if (!value) return 'When does the event end?';
          if (!siblingData.startsAt) return true;
          return new Date(String(value)) > new Date(siblingData.startsAt) || 'The end must come after the start.';
        },
      },
    ],
  },
  timeZoneField,
  {
    name: 'status',
    type: 'text',
    virtual: true,
    admin: { readOnly: true, description: 'Follows from the dates' },
    hooks: {
      afterRead: [
        ({ siblingData }) => {
          const { startsAt, endsAt, cancelledAt } = siblingData;
          if (!startsAt || !endsAt) return undefined;
          return eventStatusAt(
            {
              startsAt: new Date(startsAt),
              endsAt: new Date(endsAt),
              cancelledAt: cancelledAt ? new Date(cancelledAt) : null,
            },
            new Date(),
          );
        },
      ],
    },
  },
  { name: 'cancelledAt', type: 'date', admin: { ...dayAndTime, description: 'Set it to cancel the event' } },
  {
    name: 'capacity',
    type: 'number',
    min: 1,
    max: 1_000_000,
    validate: validateCapacity,
    admin: { description: 'How many people can take part; empty for as many as want to' },
  },
];

export const Events = listingCollection('events', eventFields, {
  beforeChange: [rememberLiveEvent],
  afterChange: [notifyEventChanged],
});
