import type { CollectionConfig } from 'payload';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { ownBy } from '../../access/ownBy';
import { listingReference, personField } from '../../fields/marketFields';
import { countFavorite } from './hooks/afterChange/countFavorite';

/** What people have saved; changed at /api/favorites/toggle. */
export const Favorites: CollectionConfig = {
  slug: 'favorites',
  lockDocuments: false,
  disableDuplicate: true,
  admin: { group: 'Market', hidden: hiddenFromOthers, defaultColumns: ['kind', 'listingId', 'user', 'createdAt'] },
  access: { create: nobody, read: ownBy('user'), update: nobody, delete: ownBy('user') },
  hooks: { afterChange: [countFavorite] },
  indexes: [{ fields: ['kind', 'listingId', 'user'], unique: true }],
  fields: [listingReference, personField('user', { required: true })],
};
