import { countColumn, kindColumn, listingIdColumn, textColumn } from '../../../fields/systemFields';
import { systemCollection } from '../../System/systemCollection';

/** Per listing and UTC day what was counted. Written by the flush alone. */
export const MetricsDaily = systemCollection({
  slug: 'metrics-daily',
  labels: { singular: 'Daily metrics', plural: 'Daily metrics' },
  admin: { group: 'Feed', defaultColumns: ['kind', 'listingId', 'day', 'views', 'impressions'] },
  indexes: [{ fields: ['kind', 'listingId', 'day'], unique: true }, { fields: ['day'] }],
  fields: [
    kindColumn,
    listingIdColumn,
    textColumn('day', { required: true }),
    countColumn('views'),
    countColumn('impressions'),
    countColumn('favorites'),
    countColumn('bookings'),
  ],
});
