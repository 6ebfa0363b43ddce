import { type CollectionBeforeOperationHook, Forbidden } from 'payload';
import { z } from 'zod';
import { isAdmin } from '../../../../access/isAdmin';
import { isStaff } from '../../../../access/isStaff';
import type { Listing } from '../afterChange/listingInMail';

const idSchema = z.coerce.number().int().positive();

/** Does this save put a listing into the bin, or take it out of there? Only `guardBin` leaves it in, where it does. */
export const movesThroughBin = (data: object): boolean => 'deletedAt' in data;

const withoutMove = <Data extends { deletedAt?: unknown }>({ deletedAt: _, ...data }: Data) => data;

/**
 * What people delete goes into the bin, from where staff bring it back: admins alone delete for good, and only staff
 * touch what is in there. A listing goes and returns as visitors saw it, whatever draft waits beside it. The admin's form
 * sends the field along with every save: where that moves nothing, it is taken out.
 */
export const guardBin: CollectionBeforeOperationHook<'locations' | 'events' | 'services'> = async ({
  args,
  operation,
  req,
  collection,
}) => {
  const overrideAccess = 'overrideAccess' in args && args.overrideAccess;
  if (operation === 'delete' && !overrideAccess && !isAdmin(req.user)) throw new Forbidden(req.t);
  if (operation !== 'update' || !('data' in args)) return args;
  const allowed = 'trash' in args && !overrideAccess && !isStaff(req.user) ? { ...args, trash: false } : args;
  if (!movesThroughBin(allowed.data)) return allowed;
  const id = idSchema.safeParse('id' in allowed ? allowed.id : undefined).data;
  const where = { id: { equals: id ?? 0 } };
  const live = id && (await req.payload.db.findOne<Listing>({ collection: collection.slug, where, req }));
  if (live && Boolean(live.deletedAt) === Boolean(allowed.data.deletedAt)) {
    return { ...allowed, data: withoutMove(allowed.data) };
  }
  // What was never live may be incomplete, and is kept as it is.
  const asSeen = live && live._status === 'published' ? live : {};
  return { ...allowed, draft: false, data: { ...asSeen, deletedAt: allowed.data.deletedAt ?? null } };
};
