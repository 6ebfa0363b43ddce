import { metrics } from '@convene/common/metrics';
import { countColumn, kindColumn, listingIdColumn, momentColumn, numberColumn } from '../../../fields/systemFields';
import { systemCollection } from '../../System/systemCollection';

const spans = ['7d', '30d', 'all'] as const;

/** Per listing the sums over 7 and 30 days and all time, and what its reviews say. Written by aggregateDaily alone. */
export const Aggregates = systemCollection({
  slug: 'aggregates',
  admin: { group: 'Feed', defaultColumns: ['kind', 'listingId', 'views_7d', 'views_30d', 'computedAt'] },
  indexes: [{ fields: ['kind', 'listingId'], unique: true }],
  fields: [
    kindColumn,
    listingIdColumn,
    ...metrics.flatMap((metric) => spans.map((span) => countColumn(`${metric}_${span}`))),
    countColumn('reviewCount'),
    numberColumn('ratingAverage'),
    numberColumn('ratingBayesian'),
    momentColumn('computedAt'),
  ],
});
