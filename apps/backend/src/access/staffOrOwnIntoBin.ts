import type { Access } from 'payload';
import { isStaff } from './isStaff';

/** Staff change every row; whom it belongs to can put it into the bin, and change nothing else (`guardTrash`). */
export const staffOrOwnIntoBin =
  (ownerField: string): Access =>
  ({ req, data }) => {
    if (isStaff(req.user)) return true;
    if (!req.user || !data?.['deletedAt']) return false;
    return { [ownerField]: { equals: req.user.id } };
  };
