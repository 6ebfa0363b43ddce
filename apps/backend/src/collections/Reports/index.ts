import { caseStatuses } from '@convene/common/market';
import { reportReasons, reportSubjects } from '@convene/common/reports';
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

/** What people say is wrong with a listing, review, profile or message; sent to /api/report, read by staff alone. */
export const Reports: CollectionConfig = {
  slug: 'reports',
  disableDuplicate: true,
  admin: {
    group: 'Moderation',
    description: 'What people say is wrong. Closed with a note for staff; who reported it is not told.',
    hidden: hiddenFromOthers,
    listSearchableFields: ['details', 'staffNote'],
    defaultColumns: ['subject', 'subjectId', 'reason', 'status', 'createdAt'],
  },
  access: { create: nobody, read: staffOnly, update: staffOnly, delete: adminOnly },
  hooks: { beforeOperation: [lockRow('reports')], beforeChange: [stampCase] },
  indexes: [{ fields: ['subject', 'subjectKind', 'subjectId'] }],
  fields: [
    {
      type: 'row',
      fields: [
        { name: 'subject', type: 'select', required: true, options: [...reportSubjects], ...fixed },
        { name: 'subjectKind', type: 'text', ...fixed, admin: { ...fixed.admin, description: 'Of a listing' } },
        { name: 'subjectId', type: 'number', ...fixed },
      ],
    },
    { name: 'reason', type: 'select', required: true, options: [...reportReasons], ...fixed },
    { name: 'details', type: 'textarea', maxLength: 4_000, ...fixed },
    // Nobody, where a visitor reported it.
    personField('reporter'),
    stateField('status', { options: caseStatuses, defaultValue: 'open' }),
    { name: 'staffNote', type: 'textarea', maxLength: 4_000, admin: { position: 'sidebar' } },
    ...decisionFields,
  ],
};
