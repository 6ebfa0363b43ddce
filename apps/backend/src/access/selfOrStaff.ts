import type { Access } from 'payload';
import { isStaff } from './isStaff';

/** Staff see every account; everybody else their own. */
export const selfOrStaff: Access = ({ req }) => {
  if (!req.user) return false;
  return isStaff(req.user) || { id: { equals: req.user.id } };
};
