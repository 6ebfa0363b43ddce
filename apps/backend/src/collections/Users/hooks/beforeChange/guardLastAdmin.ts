import { APIError, type CollectionBeforeChangeHook } from 'payload';
import type { User } from '../../../../payload-types';
import { hasOtherAdmin, ONLY_ADMIN } from '../../otherAdmins';

/** The last admin stays one: after them nobody could appoint another. */
export const guardLastAdmin: CollectionBeforeChangeHook<User> = async ({ data, originalDoc, operation, req }) => {
  if (operation === 'create' || !originalDoc?.roles?.includes('admin')) return data;
  const steps = (data.roles && !data.roles.includes('admin')) || data.suspendedAt || data.deletedAt;
  if (steps && !(await hasOtherAdmin(req, originalDoc.id))) throw new APIError(ONLY_ADMIN, 409);
  return data;
};
