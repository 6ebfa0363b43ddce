import type { ClientUser } from 'payload';
import { isStaff } from './isStaff';

/** Keeps out of the admin's navigation what staff alone have a use for; access stands beside it. */
export const hiddenFromOthers = ({ user }: { user: ClientUser | null }): boolean =>
  !isStaff({ roles: user?.['roles'] ?? [], twoFactorSince: user?.['twoFactorSince'] });
