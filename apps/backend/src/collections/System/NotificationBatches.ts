import { idField } from '../../fields/idField';
import { countColumn, jsonColumn, momentColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/**
 * What goes to the provider by one call: the ordered list of recipients, kept before the call so that a retry sends
 * exactly that list under the same key, which is the batch's id.
 */
export const NotificationBatches = systemCollection({
  slug: 'notification-batches',
  labels: { singular: 'Notification batch', plural: 'Notification batches' },
  admin: { group: 'Notifications', defaultColumns: ['type', 'status', 'tries', 'createdAt', 'settledAt', 'error'] },
  indexes: [{ fields: ['status', 'leader'] }],
  fields: [
    idField,
    textColumn('type', { required: true }),
    textColumn('status', { required: true }),
    {
      ...textColumn('leader', { required: true }),
      admin: { description: 'The outbox row whose job has the batch in hand' },
    },
    jsonColumn('entries', { required: true }),
    countColumn('tries'),
    momentColumn('firstTriedAt'),
    momentColumn('lastTriedAt'),
    momentColumn('settledAt'),
    textColumn('error'),
  ],
});
