import type { FieldAccess } from 'payload';
import { isStaff } from './isStaff';

/**
 * What an account keeps to itself and staff. Without a document it is asked about in a condition or an order, which
 * would tell it of every account by way of what that account owns: no.
 */
export const selfOrStaffField: FieldAccess = ({ req, doc }) => {
  if (!req.user || !doc) return isStaff(req.user);
  return isStaff(req.user) || doc['id'] === req.user.id;
};
