import { QuickFilters } from '../components/QuickFilters';

const byAction = (label: string, action: string) => ({
  label,
  where: { field: 'action', operator: 'equals', value: action },
});

export const AuditFilters = () => (
  <QuickFilters
    collection="audit-log"
    filters={[
      { label: 'All' },
      byAction('Approved', 'approved'),
      byAction('Rejected', 'rejected'),
      byAction('Roles', 'roles-changed'),
      byAction('Tiers', 'tier-changed'),
      byAction('Suspended', 'suspended'),
      byAction('Owners', 'ownership-transferred'),
      byAction('Deleted', 'deleted'),
      byAction('Settings', 'settings-changed'),
      { label: 'Mails', where: { field: 'subjectCollection', operator: 'equals', value: 'notification-outbox' } },
    ]}
  />
);
