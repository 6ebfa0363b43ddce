import type { User } from '../payload-types';

/** Who finds something to do in the admin: staff, and whoever lists. */
export const canUseAdmin = ({ req }: { req: { user?: Pick<User, 'roles'> | null } }): boolean =>
  req.user?.roles?.some((role) => role !== 'client') ?? false;
