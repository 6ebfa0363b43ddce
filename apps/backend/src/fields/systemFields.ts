import { listingKinds } from '@convene/common/listings';
import type { DateField, JSONField, NumberField, TextField } from 'payload';

/*
 * Fields of the tables that SQL writes. Text rather than select: an enum type in Postgres would have to be altered
 * by a migration for every new value, and cast in every statement.
 */

export const textColumn = (name: string, options: { required?: boolean; unique?: boolean } = {}): TextField => ({
  name,
  type: 'text',
  ...options,
});

export const countColumn = (name: string): NumberField => ({
  name,
  type: 'number',
  required: true,
  defaultValue: 0,
  min: 0,
});

export const numberColumn = (name: string): NumberField => ({ name, type: 'number' });

export const momentColumn = (name: string, options: { index?: boolean } = {}): DateField => ({
  name,
  type: 'date',
  ...options,
  admin: { date: { pickerAppearance: 'dayAndTime' } },
});

export const jsonColumn = (name: string, options: { required?: boolean; description?: string } = {}): JSONField => ({
  name,
  type: 'json',
  ...(options.required ? { required: true } : {}),
  admin: {
    ...(options.description ? { description: options.description } : {}),
    components: { Field: '/dashboards/components/JsonField#JsonField' },
  },
});

export const kindColumn: TextField = {
  name: 'kind',
  type: 'text',
  required: true,
  admin: { description: listingKinds.join(', ') },
};

export const listingIdColumn: NumberField = { name: 'listingId', type: 'number', required: true };
