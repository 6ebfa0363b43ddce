import type { Access } from 'payload';
import { isAdmin } from './isAdmin';

export const selfOrAdmin: Access = ({ req }) => {
  if (!req.user) return false;
  return isAdmin(req.user) || { id: { equals: req.user.id } };
};
