import { caseStatuses } from '@convene/common/market';
import type { CollectionConfig } from 'payload';
import { adminOnly } from '../../access/adminOnly';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { nobodyField } from '../../access/nobodyField';
import { staffOnly } from '../../access/staffOnly';
import { decisionFields, personField, stateField } from '../../fields/marketFields';
import { stampCase } from '../../hooks/beforeChange/stampCase';
import { lockRow } from '../../hooks/beforeOperation/lockRow';

const fixed = { access: { update: nobodyField }, admin: { readOnly: true } };

/** What was written into the contact form (/api/contact): kept, not only mailed. */
export const ContactMessages: CollectionConfig = {
  slug: 'contact-messages',
  disableDuplicate: true,
  admin: {
    group: 'Moderation',
    description: 'What was written by the contact form. Answered by mail, and marked as answered here.',
    hidden: hiddenFromOthers,
    listSearchableFields: ['subject', 'name', 'email', 'text'],
    useAsTitle: 'subject',
    defaultColumns: ['subject', 'name', 'email', 'status', 'createdAt'],
  },
  access: { create: nobody, read: staffOnly, update: staffOnly, delete: adminOnly },
  hooks: { beforeOperation: [lockRow('contact_messages')], beforeChange: [stampCase] },
  fields: [
    { name: 'name', type: 'text', required: true, maxLength: 80, ...fixed },
    { name: 'email', type: 'email', required: true, index: true, ...fixed },
    { name: 'subject', type: 'text', required: true, maxLength: 150, ...fixed },
    { name: 'text', type: 'textarea', required: true, maxLength: 5_000, ...fixed },
    personField('user'),
    stateField('status', { options: caseStatuses, defaultValue: 'open' }),
    { name: 'staffNote', type: 'textarea', maxLength: 4_000, admin: { position: 'sidebar' } },
    ...decisionFields,
  ],
};
