import type { Access, Where } from 'payload';
import { isStaff } from './isStaff';

const visible: Where = { deletedAt: { exists: false } };

/** Everybody opens every image but those in the bin: these are for whoever uploaded them, and for staff. */
export const visibleMediaOrOwn: Access = ({ req }) => {
  if (isStaff(req.user)) return true;
  if (!req.user) return visible;
  return { or: [visible, { uploadedBy: { equals: req.user.id } }] };
};
