import { mayActAsStaff, type Roles } from './mayActAsStaff';

export const isAdmin = (user: Roles | null | undefined): boolean =>
  (user?.roles?.includes('admin') && mayActAsStaff(user)) ?? false;
