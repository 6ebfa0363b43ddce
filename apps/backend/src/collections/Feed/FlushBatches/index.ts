import { idField } from '../../../fields/idField';
import { countColumn, jsonColumn, momentColumn } from '../../../fields/systemFields';
import { systemCollection } from '../../System/systemCollection';

/** The batches of counters that reached Postgres: a batch whose id is here is never applied again. */
export const FlushBatches = systemCollection({
  slug: 'flush-batches',
  labels: { singular: 'Flush batch', plural: 'Flush batches' },
  admin: { group: 'Feed', defaultColumns: ['id', 'counters', 'events', 'appliedAt', 'acknowledgedAt'] },
  fields: [
    idField,
    countColumn('counters'),
    countColumn('events'),
    jsonColumn('dropped', { description: 'Counts of listings that no longer exist' }),
    momentColumn('appliedAt'),
    momentColumn('acknowledgedAt', { index: true }),
  ],
});
