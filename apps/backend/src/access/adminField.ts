import type { FieldAccess } from 'payload';
import { isAdmin } from './isAdmin';

export const adminField: FieldAccess = ({ req }) => isAdmin(req.user);
