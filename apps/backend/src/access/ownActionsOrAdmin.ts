import type { Access } from 'payload';
import { isAdmin } from './isAdmin';
import { isStaff } from './isStaff';

/** Admins read what all of staff did, moderators what they did themselves. */
export const ownActionsOrAdmin: Access = ({ req }) => {
  if (!req.user || !isStaff(req.user)) return false;
  return isAdmin(req.user) || { actorId: { equals: req.user.id } };
};
