import type { TextField } from 'payload';
import { slugify } from './slugify';

/** The part of the address that names the document: made of `source` where it is left empty, unique. */
export const slugField = (source: string): TextField => ({
  name: 'slug',
  type: 'text',
  required: true,
  unique: true,
  index: true,
  maxLength: 120,
  admin: { position: 'sidebar', description: 'Part of the address. Made from the name where it is left empty.' },
  hooks: {
    beforeValidate: [
      ({ value, data }) => {
        const given = typeof value === 'string' && value.trim() !== '' ? value : data?.[source];
        return typeof given === 'string' ? slugify(given) : value;
      },
    ],
  },
});
