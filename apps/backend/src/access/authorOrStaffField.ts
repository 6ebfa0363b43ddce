import type { FieldAccess } from 'payload';
import { isStaff } from './isStaff';

/** What staff say to whom a row belongs to: for these two alone. */
export const authorOrStaffField =
  (authorField: string): FieldAccess =>
  ({ req, doc }) => {
    if (!req.user) return false;
    if (isStaff(req.user)) return true;
    const author: unknown = doc?.[authorField];
    const id = typeof author === 'object' && author !== null && 'id' in author ? author.id : author;
    return id === req.user.id;
  };
