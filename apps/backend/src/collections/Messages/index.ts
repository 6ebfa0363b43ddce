import type { CollectionConfig } from 'payload';
import { adminOnly } from '../../access/adminOnly';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { nobodyField } from '../../access/nobodyField';
import { ownBy } from '../../access/ownBy';
import { listingReference, personField } from '../../fields/marketFields';
import { notifyMessage } from './hooks/afterChange/notifyMessage';

/** Between a client and the owner of a listing, about it: these three make a conversation. Written at /api/messages. */
export const Messages: CollectionConfig = {
  slug: 'messages',
  lockDocuments: false,
  disableDuplicate: true,
  admin: {
    group: 'Market',
    hidden: hiddenFromOthers,
    useAsTitle: 'text',
    defaultColumns: ['text', 'kind', 'listingId', 'client', 'owner', 'createdAt'],
  },
  access: { create: nobody, read: ownBy('client', 'owner'), update: nobody, delete: adminOnly },
  hooks: { afterChange: [notifyMessage] },
  indexes: [{ fields: ['kind', 'listingId', 'client', 'createdAt'] }],
  fields: [
    listingReference,
    personField('client', { required: true }),
    personField('owner', { required: true }),
    personField('sender', { required: true }),
    { name: 'text', type: 'textarea', required: true, maxLength: 4_000 },
    { name: 'readAt', type: 'date', access: { create: nobodyField, update: nobodyField }, admin: { readOnly: true } },
    // The mail that tells of it, which can tell of several: hence how many, however often a hook runs.
    { name: 'notificationId', type: 'text', hidden: true, access: { create: nobodyField, update: nobodyField } },
  ],
};
