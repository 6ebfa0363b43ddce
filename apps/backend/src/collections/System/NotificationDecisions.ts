import { textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/** Who retried, discarded or settled a notification that could not be sent, and what it had come to before. */
export const NotificationDecisions = systemCollection({
  slug: 'notification-decisions',
  labels: { singular: 'Notification decision', plural: 'Notification decisions' },
  admin: { group: 'Notifications', defaultColumns: ['outboxId', 'decision', 'decidedBy', 'createdAt'] },
  indexes: [{ fields: ['outboxId'] }],
  fields: [
    textColumn('outboxId', { required: true }),
    textColumn('type', { required: true }),
    textColumn('decision', { required: true }),
    textColumn('decidedBy', { required: true }),
    textColumn('statusBefore', { required: true }),
    textColumn('errorBefore'),
  ],
});
