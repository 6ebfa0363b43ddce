import type { User } from '../payload-types';

export const isAdmin = (user: Pick<User, 'roles'> | null | undefined): boolean =>
  user?.roles?.includes('admin') ?? false;
