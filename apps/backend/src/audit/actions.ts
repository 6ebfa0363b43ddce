/** What staff do, as the audit trail names it; which collection it was done to is told beside. */
export const auditActions = [
  'approved',
  'rejected',
  'resolved',
  'dismissed',
  'reopened',
  'status-changed',
  'event-cancelled',
  'suspended',
  'unsuspended',
  'roles-changed',
  'password-set',
  'ownership-transferred',
  'tier-changed',
  'verification-changed',
  'unpublished',
  'created',
  'edited',
  'deleted',
  'restored',
  'deleted-for-good',
  'settings-changed',
  'mail-retried',
  'mail-sent-again',
  'mail-discarded',
  'mail-marked-sent',
] as const;
export type AuditAction = (typeof auditActions)[number];

export type AuditChange = { field: string; from?: unknown; to?: unknown };
