import { countColumn, momentColumn, numberColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/** What was sent to whom, with the provider's message id and the outcome. */
export const NotificationLog = systemCollection({
  slug: 'notification-log',
  labels: { singular: 'Sent notification', plural: 'Notification log' },
  admin: { group: 'Notifications', defaultColumns: ['type', 'recipient', 'status', 'attemptedAt', 'error'] },
  indexes: [{ fields: ['outboxId', 'recipientNo'], unique: true }, { fields: ['messageId'] }, { fields: ['batchId'] }],
  fields: [
    textColumn('outboxId', { required: true }),
    countColumn('recipientNo'),
    textColumn('type', { required: true }),
    textColumn('recipient', { required: true }),
    numberColumn('userId'),
    textColumn('status', { required: true }),
    textColumn('messageId'),
    textColumn('error'),
    textColumn('batchId'),
    momentColumn('attemptedAt'),
    momentColumn('settledAt'),
    /** What the provider's webhooks told last, and when that happened. */
    textColumn('lastEvent'),
    momentColumn('lastEventAt'),
  ],
});
