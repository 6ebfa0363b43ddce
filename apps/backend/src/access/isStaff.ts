import { staffRoles } from '@convene/common/listings';
import type { User } from '../payload-types';

/** Moderators and admins. */
export const isStaff = (user: Pick<User, 'roles'> | null | undefined): boolean =>
  user?.roles?.some((role) => staffRoles.some((staff) => staff === role)) ?? false;
