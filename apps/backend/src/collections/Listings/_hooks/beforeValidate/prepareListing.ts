import type { ListingKind } from '@convene/common/listings';
import type { CollectionBeforeValidateHook } from 'payload';
import { isStaff } from '../../../../access/isStaff';
import { slugify } from '../../../../fields/slugify';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { freeSlug } from '../../freeSlug';

/**
 * A new listing belongs to whoever creates it, unless staff create it for somebody or leave it unclaimed. It has an
 * address of its own, also where it takes another one later, or is published with one that was free when it was typed.
 */
export const prepareListing =
  (kind: ListingKind): CollectionBeforeValidateHook =>
  async ({ data, operation, req, originalDoc }) => {
    if (!data) return data;
    if (operation === 'create') {
      const isNobodys = data['claimStatus'] === 'unclaimed' && isStaff(req.user);
      const owner = data['owner'] ?? (isNobodys ? null : req.user?.id);
      const wanted = slugify(String(data['slug'] || data['title'] || '')) || kind;
      return { ...data, owner, slug: await freeSlug(await sqlOfRequest(req), { kind, wanted, listingId: null }) };
    }
    const wanted = slugify(String(data['slug'] ?? originalDoc?.slug ?? ''));
    const takesAnother = wanted !== originalDoc?.slug || data['_status'] === 'published';
    if (!wanted || !takesAnother) return data;
    const listingId: number = originalDoc?.id ?? 0;
    return { ...data, slug: await freeSlug(await sqlOfRequest(req), { kind, wanted, listingId }) };
  };
