import type { CollectionConfig } from 'payload';
import { nobody } from '../../access/nobody';
import { ownBy } from '../../access/ownBy';
import { personField } from '../../fields/marketFields';

/**
 * Who wants to hear no more of whom; written at /api/account/blocks. The blocked person never learns of it: they read no
 * row that names them.
 */
export const Blocks: CollectionConfig = {
  slug: 'blocks',
  lockDocuments: false,
  disableDuplicate: true,
  admin: { group: 'People', defaultColumns: ['blocker', 'blocked', 'createdAt'] },
  access: { create: nobody, read: ownBy('blocker'), update: nobody, delete: ownBy('blocker') },
  indexes: [{ fields: ['blocker', 'blocked'], unique: true }],
  fields: [personField('blocker', { required: true }), personField('blocked', { required: true })],
};
