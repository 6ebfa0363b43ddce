import type { CollectionConfig } from 'payload';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { nobody } from '../../access/nobody';
import { ownActionsOrAdmin } from '../../access/ownActionsOrAdmin';
import { momentColumn, numberColumn, textColumn } from '../../fields/systemFields';

/**
 * Who of staff did what, when, to what, and why. Written by hooks and triggers in the transaction of what was done;
 * Postgres refuses to change a row, and to delete one that is younger than two years.
 */
export const AuditLog: CollectionConfig = {
  slug: 'audit-log',
  labels: { singular: 'Action', plural: 'Audit trail' },
  access: { read: ownActionsOrAdmin, create: nobody, update: nobody, delete: nobody },
  lockDocuments: false,
  disableDuplicate: true,
  timestamps: false,
  defaultSort: '-at',
  admin: {
    group: 'Moderation',
    useAsTitle: 'action',
    description: 'What staff did, the latest first. Kept for two years, and changed by nobody.',
    defaultColumns: ['at', 'actorName', 'action', 'subjectCollection', 'subjectId', 'changes', 'reason'],
    listSearchableFields: ['action', 'actorName', 'subjectCollection', 'subjectId', 'reason'],
    hideAPIURL: true,
    hidden: hiddenFromOthers,
    components: { beforeListTable: ['/dashboards/audit/AuditFilters#AuditFilters'] },
  },
  indexes: [{ fields: ['subjectCollection', 'subjectId'] }, { fields: ['actorId', 'at'] }],
  fields: [
    { ...momentColumn('at', { index: true }), required: true, label: 'When' },
    {
      type: 'row',
      fields: [
        { ...textColumn('actorName', { required: true }), label: 'Who' },
        // A number, not a relationship: the row outlives the account.
        { ...numberColumn('actorId'), required: true, label: 'Account' },
      ],
    },
    { ...textColumn('action', { required: true }), index: true },
    {
      type: 'row',
      fields: [
        { ...textColumn('subjectCollection', { required: true }), label: 'Collection' },
        { ...textColumn('subjectId', { required: true }), label: 'Document' },
      ],
    },
    {
      name: 'changes',
      type: 'json',
      admin: {
        components: {
          Cell: '/dashboards/audit/ChangesCell#ChangesCell',
          Field: '/dashboards/audit/ChangesField#ChangesField',
        },
      },
    },
    { ...textColumn('reason') },
  ],
};
