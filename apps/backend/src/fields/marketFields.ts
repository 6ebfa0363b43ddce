import type { Field, RelationshipField, SelectField, TextareaField } from 'payload';
import { nobodyField } from '../access/nobodyField';
import { staffField } from '../access/staffField';
import { kindColumn, listingIdColumn } from './systemFields';

/*
 * Fields of what people do with listings. A listing is named by its kind and id, as in the feed's tables, rather than
 * by a relationship of several collections: those Payload keeps in a table beside, where no index can hold them unique
 * and every statement would need one join more. Rows of a listing that is deleted for good go with it (a trigger).
 */

/** Set once, when the row is made. */
const unchanging = { access: { update: nobodyField }, admin: { readOnly: true } };

export const listingReference: Field = {
  type: 'row',
  fields: [
    { ...kindColumn, ...unchanging },
    { ...listingIdColumn, ...unchanging },
  ],
};

export const personField = (name: string, options: { required?: boolean } = {}): RelationshipField => ({
  name,
  type: 'relationship',
  relationTo: 'users',
  index: true,
  maxDepth: 0,
  ...options,
  ...unchanging,
});

/** A state that staff move, or Convene's own code. */
export const stateField = (
  name: string,
  { options, defaultValue }: { options: readonly string[]; defaultValue: string },
): SelectField => ({
  name,
  type: 'select',
  required: true,
  index: true,
  defaultValue,
  options: [...options],
  access: { create: staffField, update: staffField },
  admin: { position: 'sidebar' },
});

/** What staff say about their decision. */
export const reasonField: TextareaField = {
  name: 'reason',
  type: 'textarea',
  maxLength: 2_000,
  access: { create: staffField, update: staffField },
  admin: { position: 'sidebar', description: 'The person reads this.' },
};

/** When and by whom something was decided: written by hooks. */
export const decisionFields: Field[] = [
  {
    name: 'decidedAt',
    type: 'date',
    access: { create: nobodyField, update: nobodyField },
    admin: { position: 'sidebar', readOnly: true, date: { pickerAppearance: 'dayAndTime' } },
  },
  {
    name: 'decidedBy',
    type: 'relationship',
    relationTo: 'users',
    maxDepth: 0,
    access: { read: staffField, create: nobodyField, update: nobodyField },
    admin: { position: 'sidebar', readOnly: true },
  },
];
