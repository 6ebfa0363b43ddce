import { type CollectionBeforeOperationHook, Forbidden } from 'payload';
import { isAdmin } from '../../access/isAdmin';
import { isStaff } from '../../access/isStaff';

/**
 * What people delete goes into the bin, as it is, from where staff bring it back until its time is over: admins alone
 * delete for good, and only staff touch what is in there. For collections without drafts; listings have their own.
 */
export const guardTrash: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const overrideAccess = 'overrideAccess' in args && args.overrideAccess;
  if (overrideAccess) return args;
  if (operation === 'delete' && !isAdmin(req.user)) throw new Forbidden(req.t);
  if (operation !== 'update' || !('data' in args) || isStaff(req.user)) return args;
  const { deletedAt, ...others } = args.data;
  return { ...args, trash: false, data: deletedAt ? { deletedAt: new Date().toISOString() } : others };
};
