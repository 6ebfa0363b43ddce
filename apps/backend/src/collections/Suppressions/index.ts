import { EVERY_CATEGORY, suppressionReasons } from '@convene/common';
import type { CollectionConfig } from 'payload';
import { isStaff } from '../../access/isStaff';
import { nobody } from '../../access/nobody';
import { staffOnly } from '../../access/staffOnly';
import { textColumn } from '../../fields/systemFields';
import { suppressByHand } from './hooks/beforeValidate/suppressByHand';

/**
 * Addresses that are not written to: for every mail after a hard bounce, a complaint or by the hand of staff, for one
 * category where somebody without an account unsubscribed. Staff lift one by deleting it.
 */
export const Suppressions: CollectionConfig = {
  slug: 'suppressions',
  admin: {
    group: 'Notifications',
    useAsTitle: 'email',
    defaultColumns: ['email', 'reason', 'category', 'createdAt'],
    hideAPIURL: true,
    hidden: ({ user }) => !isStaff({ roles: user['roles'], twoFactorSince: user['twoFactorSince'] }),
  },
  access: { read: staffOnly, create: staffOnly, update: nobody, delete: staffOnly },
  lockDocuments: false,
  disableDuplicate: true,
  indexes: [{ fields: ['email', 'category', 'reason'], unique: true }],
  hooks: { beforeValidate: [suppressByHand] },
  fields: [
    { name: 'email', type: 'email', required: true },
    {
      ...textColumn('reason', { required: true }),
      admin: { readOnly: true, description: suppressionReasons.join(', ') },
    },
    {
      ...textColumn('category', { required: true }),
      admin: { readOnly: true, description: `${EVERY_CATEGORY}, or the one category that is not sent` },
    },
    { ...textColumn('detail'), admin: { description: 'What the provider said, or why staff did it' } },
  ],
};
