import { idField } from '../../../fields/idField';
import { kindColumn, listingIdColumn, momentColumn, textColumn } from '../../../fields/systemFields';
import { systemCollection } from '../../System/systemCollection';

/** Favourites and bookings on their way to the counters, written in the transaction of the change that they count. */
export const CounterOutbox = systemCollection({
  slug: 'counter-outbox',
  labels: { singular: 'Counter outbox row', plural: 'Counter outbox' },
  admin: { group: 'Feed' },
  fields: [
    idField,
    kindColumn,
    listingIdColumn,
    textColumn('metric', { required: true }),
    textColumn('day', { required: true }),
    momentColumn('firstTriedAt'),
    momentColumn('recordedAt', { index: true }),
    momentColumn('gaveUpAt'),
  ],
});
