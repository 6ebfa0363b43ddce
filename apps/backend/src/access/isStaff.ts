import { staffRoles } from '@convene/common/listings';
import { mayActAsStaff, type Roles } from './mayActAsStaff';

/** Moderators and admins. */
export const isStaff = (user: Roles | null | undefined): boolean =>
  (user?.roles?.some((role) => staffRoles.some((staff) => staff === role)) && mayActAsStaff(user)) ?? false;
