import { roles } from '@convene/common/listings';
import { QuickFilters } from '../components/QuickFilters';

const plural = {
  client: 'Clients',
  host: 'Hosts',
  organizer: 'Organizers',
  provider: 'Providers',
  moderator: 'Moderators',
  admin: 'Admins',
} as const;

export const UserFilters = () => (
  <QuickFilters
    collection="users"
    filters={[
      { label: 'All' },
      ...roles
        .filter((role) => role !== 'client')
        .map((role) => ({ label: plural[role], where: { field: 'roles', operator: 'in', value: role } })),
      { label: 'Suspended', where: { field: 'suspendedAt', operator: 'exists', value: 'true' } },
      { label: 'Verified', where: { field: 'verification', operator: 'equals', value: 'verified' } },
      { label: 'Address not confirmed', where: { field: '_verified', operator: 'not_equals', value: 'true' } },
    ]}
  />
);
