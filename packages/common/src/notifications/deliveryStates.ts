/** The states of a row of the notification outbox; the last five are final and only the worker sets them. */
export const outboxStatuses = ['pending', 'relayed', 'sent', 'suppressed', 'dead', 'discarded', 'uncertain'] as const;
export type OutboxStatus = (typeof outboxStatuses)[number];

/** The outcomes of one mail to one recipient. `attempting` is written before the provider is called. */
export const deliveryStatuses = [
  'attempting',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'suppressed',
  'uncertain',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];
