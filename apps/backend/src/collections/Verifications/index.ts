import { verificationRequestStatuses } from '@convene/common/market';
import type { CollectionConfig } from 'payload';
import { adminOnly } from '../../access/adminOnly';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { nobodyField } from '../../access/nobodyField';
import { ownBy } from '../../access/ownBy';
import { staffOnly } from '../../access/staffOnly';
import { decisionFields, personField, reasonField, stateField } from '../../fields/marketFields';
import { lockRow } from '../../hooks/beforeOperation/lockRow';
import { markAccount } from './hooks/afterChange/markAccount';
import { notifyAdminVerificationRequest } from './hooks/afterChange/notifyAdminVerificationRequest';
import { notifyVerificationDecided } from './hooks/afterChange/notifyVerificationDecided';
import { guardDecision } from './hooks/beforeChange/guardDecision';

/** Somebody asks staff to verify who they are (/api/verifications); the decision sets the account's state. */
export const Verifications: CollectionConfig = {
  slug: 'verifications',
  disableDuplicate: true,
  admin: {
    group: 'Moderation',
    description: 'Who wants to be verified. The decision sets the state of the account.',
    hidden: hiddenFromOthers,
    useAsTitle: 'legalName',
    listSearchableFields: ['legalName', 'website'],
    defaultColumns: ['legalName', 'user', 'status', 'createdAt', 'decidedAt'],
  },
  access: { create: nobody, read: ownBy('user'), update: staffOnly, delete: adminOnly },
  hooks: {
    beforeOperation: [lockRow('verifications')],
    beforeChange: [guardDecision],
    afterChange: [markAccount, notifyAdminVerificationRequest, notifyVerificationDecided],
  },
  fields: [
    personField('user', { required: true }),
    { name: 'legalName', type: 'text', required: true, maxLength: 120, access: { update: nobodyField } },
    { name: 'text', type: 'textarea', maxLength: 4_000, access: { update: nobodyField } },
    { name: 'website', type: 'text', maxLength: 200, access: { update: nobodyField } },
    stateField('status', { options: verificationRequestStatuses, defaultValue: 'pending' }),
    reasonField,
    ...decisionFields,
  ],
};
