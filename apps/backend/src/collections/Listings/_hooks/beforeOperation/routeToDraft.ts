import { type CollectionBeforeOperationHook, Forbidden } from 'payload';
import { isStaff } from '../../../../access/isStaff';
import { silenceNotifications } from '../../../../notifications/silence';
import { decideModeration } from '../../moderation';
import { movesThroughBin } from './guardBin';

/**
 * Decides before Payload does whether a save goes to the live version or to a draft beside it: afterwards it can't be
 * changed. Code without a user (seed, command line) says itself what it wants.
 */
export const routeToDraft: CollectionBeforeOperationHook<'locations' | 'events' | 'services'> = ({
  args,
  operation,
  req,
}) => {
  if (operation === 'restoreVersion') {
    // An old version carries its tier and state with it, which an owner may not set.
    if (req.user && !isStaff(req.user)) throw new Forbidden(req.t);
    silenceNotifications(req);
    return args;
  }
  if ((operation !== 'create' && operation !== 'update') || !req.user || !('data' in args)) return args;
  if (operation === 'update' && movesThroughBin(args.data)) return args;
  const decision = decideModeration({
    asked: args.data.moderationStatus,
    publishes: args.data._status === 'published',
    byStaff: isStaff(req.user),
  });
  if (!decision) return args;
  return {
    ...args,
    draft: decision.versionStatus === 'draft',
    data: { ...args.data, moderationStatus: decision.status, _status: decision.versionStatus },
  };
};
