import type { CollectionBeforeChangeHook } from 'payload';

type Live = { slug?: string | null; previousSlugs?: string[] | null; _status?: string };

/** On publishing: when it was first approved, and the address that it leaves behind, so that old links still lead here. */
export const stampPublication: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
  collection,
}) => {
  if (data['_status'] !== 'published') return data;
  const approvedAt = data['approvedAt'] ?? (data['moderationStatus'] === 'approved' ? new Date().toISOString() : null);
  if (operation === 'create' || !originalDoc) return { ...data, approvedAt };
  // originalDoc is the latest version, which can be a draft; the address to leave is the live one's.
  const live = await req.payload.db.findOne<Live & { id: number }>({
    collection: collection.slug,
    where: { id: { equals: originalDoc.id } },
    req,
  });
  const left = live?._status === 'published' && live.slug && live.slug !== data['slug'] ? [live.slug] : [];
  const previousSlugs = [...new Set([...(live?.previousSlugs ?? []), ...left])].filter((slug) => slug !== data['slug']);
  return { ...data, approvedAt, previousSlugs };
};
