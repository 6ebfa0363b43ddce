import { idField } from '../../fields/idField';
import { momentColumn, numberColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/** What the mail provider reported, once per event: one that is delivered again is known by its id. */
export const WebhookEvents = systemCollection({
  slug: 'webhook-events',
  labels: { singular: 'Webhook event', plural: 'Webhook events' },
  admin: { group: 'Notifications', defaultColumns: ['type', 'logId', 'outcome', 'occurredAt', 'createdAt'] },
  fields: [
    idField,
    textColumn('type', { required: true }),
    textColumn('messageId'),
    numberColumn('logId'),
    textColumn('outcome', { required: true }),
    momentColumn('occurredAt'),
  ],
});
