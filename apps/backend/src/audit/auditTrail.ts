import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeOperationHook,
  CollectionConfig,
  GlobalAfterChangeHook,
  GlobalConfig,
  PayloadRequest,
  Plugin,
  UIField,
} from 'payload';
import { isStaff } from '../access/isStaff';
import { nobody } from '../access/nobody';
import type { User } from '../payload-types';
import type { AuditAction } from './actions';
import { changesBetween } from './changes';
import { actionOf, isOwnDocument, isRecorded } from './classify';
import { isConsequence } from './consequence';
import { recordAction } from './recordAction';

const PASSWORD_KEY = 'auditPasswordSet';

/** Who is to answer for it; null where nobody of staff acts, or where it follows from something recorded. */
const actorOf = (req: PayloadRequest): User | null =>
  req.user && isStaff(req.user) && !isConsequence(req) ? req.user : null;

const textOf = (doc: Record<string, unknown>, field: string): string | null => {
  const value = doc[field];
  return typeof value === 'string' ? value : null;
};

/** The field in which staff say why, by what they did. */
const reasonFields: Partial<Record<AuditAction, string[]>> = {
  rejected: ['rejectionReason', 'reason'],
  resolved: ['staffNote'],
  dismissed: ['staffNote'],
  reopened: ['staffNote'],
  suspended: ['suspensionReason'],
  'status-changed': ['reason'],
};

const reasonOf = (action: AuditAction, doc: Record<string, unknown>): string | null =>
  (reasonFields[action] ?? []).map((field) => textOf(doc, field)).find((reason) => reason !== null) ?? null;

/** A password is not part of the document that the other hooks see. */
const rememberPassword: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation === 'update' && 'data' in args) {
    req.context[PASSWORD_KEY] = Boolean(Reflect.get(args.data ?? {}, 'password'));
  }
  return args;
};

const recordSave: CollectionAfterChangeHook = async ({ collection, doc, previousDoc, operation, req }) => {
  const actor = actorOf(req);
  if (!actor) return doc;
  const changes =
    operation === 'create' ? [] : changesBetween(collection.flattenedFields, { before: previousDoc ?? {}, after: doc });
  if (operation === 'update' && req.context[PASSWORD_KEY] === true) changes.push({ field: 'password' });
  const action = actionOf(operation, changes);
  const isOwn = isOwnDocument({ collection: collection.slug, doc }, actor.id);
  if (!action || !isRecorded(action, { isOwn })) return doc;
  await recordAction(req, {
    actor,
    action,
    subject: { collection: collection.slug, id: doc.id },
    changes,
    reason: reasonOf(action, doc),
  });
  return doc;
};

const recordDeletion: CollectionAfterDeleteHook = async ({ collection, doc, id, req }) => {
  const actor = actorOf(req);
  const action = 'deleted-for-good';
  if (!actor || !isRecorded(action, { isOwn: isOwnDocument({ collection: collection.slug, doc }, actor.id) })) {
    return doc;
  }
  await recordAction(req, { actor, action, subject: { collection: collection.slug, id } });
  return doc;
};

const recordSettings: GlobalAfterChangeHook = async ({ global, doc, previousDoc, req }) => {
  const actor = actorOf(req);
  if (!actor) return doc;
  const changes = changesBetween(global.flattenedFields, { before: previousDoc ?? {}, after: doc });
  if (changes.length === 0) return doc;
  const subject = { collection: global.slug, id: 'settings' };
  await recordAction(req, { actor, action: 'settings-changed', subject, changes });
  return doc;
};

/** What was done to a document, below it; what staff can't change has no such history. */
const history: UIField = {
  name: 'staffHistory',
  type: 'ui',
  admin: { components: { Field: '/dashboards/audit/DocumentHistory#DocumentHistory' } },
};

const auditedCollection = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  fields: collection.access?.update === nobody ? collection.fields : [...collection.fields, history],
  hooks: {
    ...collection.hooks,
    beforeOperation: [...(collection.hooks?.beforeOperation ?? []), rememberPassword],
    // Before the hooks of the collection: what follows from them is saved after what it follows from.
    afterChange: [recordSave, ...(collection.hooks?.afterChange ?? [])],
    afterDelete: [recordDeletion, ...(collection.hooks?.afterDelete ?? [])],
  },
});

const auditedGlobal = (global: GlobalConfig): GlobalConfig => ({
  ...global,
  hooks: { ...global.hooks, afterChange: [recordSettings, ...(global.hooks?.afterChange ?? [])] },
});

/**
 * Keeps a record of what staff do through Payload, in every collection and global that there is or will be: nobody has
 * to think of it where one is added.
 */
export const auditTrail: Plugin = (config) => ({
  ...config,
  collections: config.collections?.map(auditedCollection) ?? [],
  globals: config.globals?.map(auditedGlobal) ?? [],
});
