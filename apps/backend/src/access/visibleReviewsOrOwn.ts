import type { Access, Where } from 'payload';
import { isStaff } from './isStaff';

const visible: Where = {
  and: [
    { moderationStatus: { equals: 'approved' } },
    { listingIsLive: { equals: true } },
    // Whoever asks by `trash=true` sees into the bin, but for this.
    { deletedAt: { exists: false } },
  ],
};

/** Everybody reads what was approved about listings that they see, authors their own in any state, staff all. */
export const visibleReviewsOrOwn: Access = ({ req }) => {
  if (isStaff(req.user)) return true;
  if (!req.user) return visible;
  return { or: [visible, { author: { equals: req.user.id } }] };
};
