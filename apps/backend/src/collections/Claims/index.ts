import { claimRequestStatuses } from '@convene/common/market';
import type { CollectionConfig } from 'payload';
import { adminOnly } from '../../access/adminOnly';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { nobodyField } from '../../access/nobodyField';
import { ownBy } from '../../access/ownBy';
import { staffField } from '../../access/staffField';
import { staffOnly } from '../../access/staffOnly';
import { decisionFields, listingReference, personField, reasonField, stateField } from '../../fields/marketFields';
import { lockRow } from '../../hooks/beforeOperation/lockRow';
import { handOver } from './hooks/afterChange/handOver';
import { notifyAdminNewClaim } from './hooks/afterChange/notifyAdminNewClaim';
import { notifyClaimant } from './hooks/afterChange/notifyClaimant';
import { guardDecision } from './hooks/beforeChange/guardDecision';

/**
 * Somebody says that an unclaimed listing is theirs, or is invited to by a mail to the listing's own address.
 * Written at /api/claims; approving one hands the listing over.
 */
export const Claims: CollectionConfig = {
  slug: 'claims',
  disableDuplicate: true,
  admin: {
    group: 'Moderation',
    description: 'Who says that an unclaimed listing is theirs. Approving one hands the listing over.',
    hidden: hiddenFromOthers,
    listSearchableFields: ['text', 'invitedEmail'],
    defaultColumns: ['kind', 'listingId', 'claimant', 'status', 'createdAt'],
  },
  access: { create: nobody, read: ownBy('claimant'), update: staffOnly, delete: adminOnly },
  hooks: {
    beforeOperation: [lockRow('claims')],
    beforeChange: [guardDecision],
    afterChange: [handOver, notifyAdminNewClaim, notifyClaimant],
  },
  indexes: [{ fields: ['kind', 'listingId', 'status'] }],
  fields: [
    listingReference,
    // Nobody yet, while an invitation is open.
    personField('claimant'),
    { name: 'text', type: 'textarea', maxLength: 4_000, access: { update: nobodyField } },
    stateField('status', { options: claimRequestStatuses, defaultValue: 'pending' }),
    reasonField,
    ...decisionFields,
    { name: 'invitedEmail', type: 'email', access: { read: staffField, create: nobodyField, update: nobodyField } },
    {
      name: 'tokenHash',
      type: 'text',
      index: true,
      access: { read: nobodyField, create: nobodyField, update: nobodyField },
      admin: { hidden: true },
    },
    {
      name: 'expiresAt',
      type: 'date',
      access: { create: nobodyField, update: nobodyField },
      admin: { readOnly: true },
    },
  ],
};
