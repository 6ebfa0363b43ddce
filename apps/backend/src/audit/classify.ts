import type { AuditAction, AuditChange } from './actions';

type Rule = (change: AuditChange) => AuditAction | null;

const decided: Record<string, AuditAction> = {
  approved: 'approved',
  rejected: 'rejected',
  resolved: 'resolved',
  dismissed: 'dismissed',
  open: 'reopened',
};

const decision = (to: unknown): AuditAction | null => (typeof to === 'string' ? (decided[to] ?? null) : null);

/** By the field that changed; where several did, the first of these names the action. */
const rules: [field: string, rule: Rule][] = [
  ['deletedAt', ({ to }) => (to ? 'deleted' : 'restored')],
  ['moderationStatus', ({ to }) => decision(to)],
  ['status', ({ to }) => decision(to) ?? 'status-changed'],
  ['suspendedAt', ({ to }) => (to ? 'suspended' : 'unsuspended')],
  ['roles', () => 'roles-changed'],
  ['password', () => 'password-set'],
  ['owner', () => 'ownership-transferred'],
  ['tier', () => 'tier-changed'],
  ['verification', () => 'verification-changed'],
  ['verified', () => 'verification-changed'],
  ['cancelledAt', ({ to }) => (to ? 'event-cancelled' : null)],
  ['_status', ({ to }) => (to === 'draft' ? 'unpublished' : null)],
];

/** What a save of staff's was; null where it changed nothing. */
export const actionOf = (operation: 'create' | 'update', changes: AuditChange[]): AuditAction | null => {
  if (operation === 'create') return 'created';
  if (changes.length === 0) return null;
  for (const [field, rule] of rules) {
    const change = changes.find((candidate) => candidate.field === field);
    const action = change ? rule(change) : null;
    if (action) return action;
  }
  return 'edited';
};

/** What anybody may do with what is their own: of staff, too, nobody keeps a record of it. */
const privateActions = new Set<AuditAction>([
  'created',
  'edited',
  'deleted',
  'restored',
  'deleted-for-good',
  'status-changed',
  'event-cancelled',
  'unpublished',
  'password-set',
]);

export const isRecorded = (action: AuditAction, { isOwn }: { isOwn: boolean }): boolean =>
  !(isOwn && privateActions.has(action));

const personFields = ['owner', 'author', 'client', 'claimant', 'user', 'reporter', 'sender', 'uploadedBy'];

const idIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value;

/** Is the document this person's own: their account, their listing, their booking? */
export const isOwnDocument = (
  { collection, doc }: { collection: string; doc: Record<string, unknown> },
  userId: number,
): boolean =>
  collection === 'users' ? doc['id'] === userId : personFields.some((field) => idIn(doc[field]) === userId);
