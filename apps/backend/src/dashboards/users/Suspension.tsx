import type { UIFieldServerComponent } from 'payload';
import { isAdmin } from '../../access/isAdmin';
import { isStaff } from '../../access/isStaff';
import { isStaffAccount } from '../../collections/Users/decisions';
import { SuspensionForm } from './SuspensionForm';

/** Staff suspend somebody else's account here, or let it in again. */
export const Suspension: UIFieldServerComponent = ({ data, id, req }) => {
  const { user } = req;
  if (!user || !isStaff(user) || typeof id !== 'number' || id === user.id || data?.['deletedAt']) return null;
  if (isStaffAccount({ roles: data?.['roles'] ?? [] }) && !isAdmin(user)) return null;
  return <SuspensionForm isSuspended={Boolean(data?.['suspendedAt'])} userId={id} />;
};
