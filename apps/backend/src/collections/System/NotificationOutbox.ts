import { idField } from '../../fields/idField';
import { countColumn, momentColumn, numberColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/**
 * Every notification, written in the transaction of the change that causes it. The payload can hold a token,
 * so it is not shown.
 */
export const NotificationOutbox = systemCollection({
  slug: 'notification-outbox',
  labels: { singular: 'Outbox row', plural: 'Notification outbox' },
  admin: { group: 'Notifications', defaultColumns: ['type', 'status', 'createdAt', 'relayedAt', 'closedAt'] },
  indexes: [{ fields: ['status', 'createdAt'] }],
  fields: [
    idField,
    textColumn('type', { required: true }),
    { name: 'payload', type: 'json', required: true, access: { read: () => false } },
    textColumn('status', { required: true }),
    numberColumn('priority'),
    momentColumn('notBefore'),
    momentColumn('relayedAt'),
    countColumn('relayCount'),
    { name: 'recipients', type: 'json', access: { read: () => false } },
    momentColumn('firstAttemptAt'),
    momentColumn('closedAt'),
    textColumn('error'),
    textColumn('traceParent'),
  ],
});
