import type { Access, Where } from 'payload';
import { isStaff } from './isStaff';

const visible: Where = {
  and: [
    { _status: { equals: 'published' } },
    { moderationStatus: { equals: 'approved' } },
    // Whoever asks by `trash=true` sees into the bin, but for this.
    { deletedAt: { exists: false } },
  ],
};

/** Staff read every listing, owners their own in any state, everybody what is live. */
export const visibleListingsOrOwn: Access = ({ req }) => {
  if (isStaff(req.user)) return true;
  if (!req.user) return visible;
  return { or: [visible, { owner: { equals: req.user.id } }] };
};

/** Versions hold drafts: never for visitors. */
export const ownVersions: Access = ({ req }) => {
  if (!req.user) return false;
  return isStaff(req.user) || { 'version.owner': { equals: req.user.id } };
};
