import type { Access, Where } from 'payload';
import { isStaff } from './isStaff';

/** Staff reach every row; everybody else those that name them in one of these fields. */
export const ownBy =
  (...fields: string[]): Access =>
  ({ req }) => {
    const { user } = req;
    if (!user) return false;
    if (isStaff(user)) return true;
    const own: Where[] = fields.map((field) => ({ [field]: { equals: user.id } }));
    return { or: own };
  };
