import type { FieldAccess } from 'payload';
import { isStaff } from './isStaff';

/** A field that staff alone may write: states, tiers, owners. */
export const staffField: FieldAccess = ({ req }) => isStaff(req.user);
