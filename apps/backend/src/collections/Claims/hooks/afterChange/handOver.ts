import { listingRoleByKind } from '@convene/common/listings';
import { APIError, type CollectionAfterChangeHook, type PayloadRequest } from 'payload';
import { asConsequence } from '../../../../audit/consequence';
import type { Claim } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { type ListingRef, listingRefOf } from '../../../Listings/listingRef';
import { waitsForStaff, wasApproved, wasRejected } from '../../decisions';
import { setClaimStatus, transferOwnership } from '../../transferOwnership';

const OTHERS_REASON = 'Somebody else has shown that this listing is theirs.';

/** An approved claim makes the claimant the owner, in the same transaction; the others' claims fall. */
export const handOver: CollectionAfterChangeHook<Claim> = async ({ doc, previousDoc, req }) => {
  const sql = await sqlOfRequest(req);
  const listing = listingRefOf(doc);
  if (waitsForStaff(previousDoc, doc)) await setClaimStatus(sql, { listing, status: 'pending' });
  if (wasRejected(previousDoc, doc) && !(await otherClaims(req, { listing, except: doc.id })).length) {
    await setClaimStatus(sql, { listing, status: 'unclaimed' });
  }
  const ownerId = idOf(doc.claimant);
  if (!wasApproved(previousDoc, doc) || ownerId === null) return doc;
  if (!(await transferOwnership(sql, { listing, ownerId }))) {
    throw new APIError('This listing has an owner already, or is gone, or the claimant’s account is suspended.', 409);
  }
  await asConsequence(req, () => settleOthers(req, { ownerId, listing, claimId: doc.id }));
  await sql.query(
    `UPDATE claims SET status = 'expired', token_hash = NULL, invited_email = NULL, updated_at = now()
     WHERE kind = $1 AND listing_id = $2 AND status = 'invited'`,
    [listing.kind, listing.id],
  );
  return doc;
};

/** The new owner may list such from now on; whoever else claimed it is refused. */
const settleOthers = async (
  req: PayloadRequest,
  { ownerId, listing, claimId }: { ownerId: number; listing: ListingRef; claimId: number },
): Promise<void> => {
  await giveListingRole(req, { ownerId, listing });
  for (const id of await otherClaims(req, { listing, except: claimId })) {
    await req.payload.update({
      collection: 'claims',
      id,
      data: { status: 'rejected', reason: OTHERS_REASON },
      req,
      overrideAccess: true,
      depth: 0,
    });
  }
};

const otherClaims = async (
  req: PayloadRequest,
  { listing, except }: { listing: ListingRef; except: number },
): Promise<number[]> => {
  const { rows } = await (await sqlOfRequest(req)).query<{ id: number }>(
    `SELECT id FROM claims WHERE kind = $1 AND listing_id = $2 AND status = 'pending' AND id <> $3 ORDER BY id`,
    [listing.kind, listing.id, except],
  );
  return rows.map(({ id }) => id);
};

/** Who owns a listing may list such: the role that the admin and the account's pages go by. */
const giveListingRole = async (
  req: PayloadRequest,
  { ownerId, listing }: { ownerId: number; listing: ListingRef },
): Promise<void> => {
  const role = listingRoleByKind[listing.kind];
  const owner = await req.payload.findByID({ collection: 'users', id: ownerId, depth: 0, req, overrideAccess: true });
  if (owner.roles.includes(role)) return;
  await req.payload.update({
    collection: 'users',
    id: ownerId,
    data: { roles: [...owner.roles, role] },
    req,
    overrideAccess: true,
    depth: 0,
  });
};
