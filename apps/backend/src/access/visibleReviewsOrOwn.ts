import type { Access, Where } from 'payload';
import { isStaff } from './isStaff';

const visible: Where = { moderationStatus: { equals: 'approved' } };

/** Everybody reads what was approved, authors their own in any state, staff all. */
export const visibleReviewsOrOwn: Access = ({ req }) => {
  if (isStaff(req.user)) return true;
  if (!req.user) return visible;
  return { or: [visible, { author: { equals: req.user.id } }] };
};
