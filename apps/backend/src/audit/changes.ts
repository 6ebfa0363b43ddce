import type { FlattenedField } from 'payload';
import type { AuditChange } from './actions';

type Values = Record<string, unknown>;

/** Of these kinds of field what was and what is may be kept; of all others only that they changed: people write there. */
const tellingTypes = new Set<string>(['select', 'radio', 'checkbox', 'number', 'date', 'relationship', 'upload']);

/** Texts that everybody reads, or that decide where something is read. */
const publicTexts = new Set(['title', 'slug', 'name', 'timeZone', 'country', 'category', 'kind']);

/** What hooks write beside a change: it says nothing that the row does not. */
const byHooks = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'decidedAt',
  'decidedBy',
  'cancelledBy',
  'approvedAt',
  'previousSlugs',
  'sessions',
]);

const MAX_LENGTH = 200;

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A relationship as its id, whether it was filled in or not; nothing at all as null. */
const plain = (value: unknown): unknown => {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.map(plain);
  if (isRecord(value)) {
    if ('relationTo' in value && 'value' in value)
      return `${String(value['relationTo'])} ${String(plain(value['value']))}`;
    if ('id' in value) return value['id'];
  }
  return value;
};

const comparable = (value: unknown, type: string): unknown => {
  if (type === 'checkbox') return value === true;
  if (type === 'relationship' || type === 'upload' || type === 'select') {
    const known = plain(value);
    return Array.isArray(known) && known.length === 0 ? null : known;
  }
  if (type === 'date') return value ? new Date(String(value)).toISOString() : null;
  return Array.isArray(value) && value.length === 0 ? null : (value ?? null);
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const short = (value: unknown): unknown =>
  typeof value === 'string' && value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;

/** A field that holds others under its own name. */
const groupOf = (field: FlattenedField): FlattenedField[] | null =>
  (field.type === 'group' || field.type === 'tab') && 'flattenedFields' in field ? field.flattenedFields : null;

/**
 * What a save has changed, by the fields of its collection: what was and what is of states, numbers, dates and
 * relations; of what people wrote, of addresses and the like only that it changed. Secrets and hidden fields never.
 */
export const changesBetween = (
  fields: FlattenedField[],
  { before, after, path = '' }: { before: Values; after: Values; path?: string },
): AuditChange[] =>
  fields.flatMap((field): AuditChange[] => {
    if (!('name' in field) || byHooks.has(field.name) || ('virtual' in field && field.virtual)) return [];
    if ('hidden' in field && field.hidden) return [];
    const name = `${path}${field.name}`;
    const was = before[field.name];
    const is = after[field.name];
    const inner = groupOf(field);
    if (inner) {
      return changesBetween(inner, {
        before: isRecord(was) ? was : {},
        after: isRecord(is) ? is : {},
        path: `${name}.`,
      });
    }
    // Not part of what was read or written.
    if (is === undefined && !(field.name in after)) return [];
    const from = comparable(was, field.type);
    const to = comparable(is, field.type);
    if (same(from, to)) return [];
    const tells = tellingTypes.has(field.type) || (field.type === 'text' && publicTexts.has(field.name));
    return [tells ? { field: name, from: short(from), to: short(to) } : { field: name }];
  });
