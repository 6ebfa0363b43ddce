import type { CollectionBeforeValidateHook, CollectionSlug } from 'payload';
import { isStaff } from '../../../../access/isStaff';
import { slugify } from '../../../../fields/slugify';

const MAX_SLUG_TRIES = 50;

/**
 * A new listing belongs to whoever creates it, unless staff create it for somebody or leave it unclaimed, and has an
 * address of its own.
 */
export const prepareListing: CollectionBeforeValidateHook = async ({ data, operation, req, collection }) => {
  if (!data || operation !== 'create') return data;
  const isNobodys = data['claimStatus'] === 'unclaimed' && isStaff(req.user);
  const owner = data['owner'] ?? (isNobodys ? null : req.user?.id);
  const wanted = slugify(String(data['slug'] || data['title'] || '')) || collection.slug;
  return { ...data, owner, slug: await freeSlug({ wanted, collection: collection.slug, req }) };
};

const freeSlug = async ({
  wanted,
  collection,
  req,
}: {
  wanted: string;
  collection: CollectionSlug;
  req: Parameters<CollectionBeforeValidateHook>[0]['req'];
}): Promise<string> => {
  for (let number = 1; number <= MAX_SLUG_TRIES; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    const taken = await req.payload.db.findOne({ collection, where: { slug: { equals: slug } }, req });
    if (!taken) return slug;
  }
  return `${wanted}-${Date.now().toString(36)}`;
};
