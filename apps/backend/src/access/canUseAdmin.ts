import { listingRoleByKind } from '@convene/common/listings';
import { isStaff } from './isStaff';
import type { Roles } from './mayActAsStaff';

const listingRoles: string[] = Object.values(listingRoleByKind);

/** Who finds something to do in the admin: staff, and whoever lists. */
export const canUseAdmin = ({ req }: { req: { user?: Roles | null } }): boolean =>
  isStaff(req.user) || (req.user?.roles?.some((role) => listingRoles.includes(role)) ?? false);
