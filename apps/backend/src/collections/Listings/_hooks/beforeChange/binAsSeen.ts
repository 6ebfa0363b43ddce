import type { CollectionBeforeChangeHook } from 'payload';
import type { Listing } from '../afterChange/listingInMail';

/**
 * A listing goes into the bin as visitors saw it, also where many are put there at once: Payload would take the newest
 * draft of each for it, and with that its state.
 */
export const binAsSeen: CollectionBeforeChangeHook<Listing> = async ({
  data,
  originalDoc,
  operation,
  req,
  collection,
}) => {
  if (operation !== 'update' || !originalDoc || Boolean(data.deletedAt) === Boolean(originalDoc.deletedAt)) return data;
  const where = { id: { equals: originalDoc.id } };
  const live = await req.payload.db.findOne<Listing>({ collection: collection.slug, where, req });
  return live?._status === 'published' ? { ...live, deletedAt: data.deletedAt ?? null } : data;
};
