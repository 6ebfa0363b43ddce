import type { Access } from 'payload';
import { isStaff } from './isStaff';

/** Owners change their own listings, staff all. */
export const ownListings: Access = ({ req }) => {
  if (!req.user) return false;
  return isStaff(req.user) || { owner: { equals: req.user.id } };
};
