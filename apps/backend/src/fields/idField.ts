import type { TextField } from 'payload';

/** A primary key that the row's writer makes: a uuid, or a batch's id. */
export const idField: TextField = { name: 'id', type: 'text', required: true };
