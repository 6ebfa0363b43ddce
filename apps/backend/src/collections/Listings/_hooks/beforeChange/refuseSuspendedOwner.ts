import { APIError, type CollectionBeforeChangeHook } from 'payload';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import type { Listing } from '../afterChange/listingInMail';

/** What belongs to a suspended account is not shown, whoever would publish it. */
export const refuseSuspendedOwner: CollectionBeforeChangeHook<Listing> = async ({ data, originalDoc, req }) => {
  const ownerId = idOf(data.owner === undefined ? originalDoc?.owner : data.owner);
  if (data._status !== 'published' || ownerId === null) return data;
  // Locked: a suspension at this moment is waited for, or waits and then hides what is published here.
  const { rows } = await (await sqlOfRequest(req)).query<{ isSuspended: boolean }>(
    'SELECT suspended_at IS NOT NULL AS "isSuspended" FROM users WHERE id = $1 FOR SHARE',
    [ownerId],
  );
  if (rows[0]?.isSuspended) throw new APIError('The owner’s account is suspended. Lift that first, then publish.', 409);
  return data;
};
