import type { CollectionAfterOperationHook } from 'payload';
import { announcePasswordChange } from '../../announcePasswordChange';

/** A password has been changed in the account, or by an admin: no hook of the document's sees it. */
export const notifyPasswordChanged: CollectionAfterOperationHook<'users'> = async (arg) => {
  const { req } = arg.args;
  if (!req || (arg.operation !== 'updateByID' && arg.operation !== 'update') || !arg.args.data.password) {
    return arg.result;
  }
  const changed = arg.operation === 'update' ? arg.result.docs : [arg.result];
  for (const { id } of changed) {
    const user = await req.payload.findByID({ collection: 'users', id, depth: 0, req, overrideAccess: true });
    await announcePasswordChange(req, user);
  }
  return arg.result;
};
