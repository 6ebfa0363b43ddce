import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { Claim, User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { isApiError } from '../../utils/payloadErrors';
import { isUniqueViolation } from '../../utils/postgresErrors';
import { hashOfToken } from '../../utils/secretTokens';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { findListing } from '../Listings/findListing';
import type { ListingRef } from '../Listings/listingRef';

/**
 * This person says that an unclaimed listing is theirs; staff decide.
 *
 * @throws ConveneError not-found, or conflict where it is claimed, or claimed by the person already
 */
export const submitClaim = ({
  req,
  user,
  listing: ref,
  text,
}: {
  req: PayloadRequest;
  user: User;
  listing: ListingRef;
  text: string;
}): Promise<Claim> =>
  inTransaction(req, async () => {
    const listing = await findListing(await sqlOfRequest(req), ref);
    if (!listing?.isLive)
      throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
    if (listing.claimStatus === 'claimed' || listing.ownerId !== null) {
      throw new ConveneError('conflict', 'This listing has an owner already.', { reason: 'claimed' });
    }
    return req.payload
      .create({
        collection: 'claims',
        data: { kind: ref.kind, listingId: ref.id, claimant: user.id, text, status: 'pending' },
        req,
        overrideAccess: true,
        depth: 0,
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, req)) throw error;
        throw new ConveneError('conflict', 'Your claim waits for a decision already.', { reason: 'waits' });
      });
  });

/**
 * Hands the listing of an invitation to whoever holds its token: that the mail reached them shows that the listing's
 * address is theirs. A token works once.
 *
 * @throws ConveneError invalid-token
 */
export const acceptInvitation = ({
  req,
  user,
  token,
}: {
  req: PayloadRequest;
  user: User;
  token: string;
}): Promise<ListingRef> =>
  inTransaction(req, async () => {
    const invalid = () => new ConveneError('invalid-token', 'This invitation is not valid any more.');
    const sql = await sqlOfRequest(req);
    const { rows } = await sql.query<{ id: number; kind: ListingRef['kind']; listingId: number }>(
      `SELECT id, kind, listing_id::int AS "listingId" FROM claims
       WHERE token_hash = $1 AND status = 'invited' AND expires_at > now()
       FOR UPDATE`,
      [hashOfToken(token)],
    );
    const invitation = rows[0];
    if (!invitation) throw invalid();
    await req.payload
      .update({
        collection: 'claims',
        id: invitation.id,
        data: { claimant: user.id, status: 'approved', tokenHash: null, invitedEmail: null },
        req,
        overrideAccess: true,
        depth: 0,
      })
      .catch((error: unknown) => {
        // Somebody else's claim was approved meanwhile.
        if (isApiError(error) && error.status === 409) throw invalid();
        throw error;
      });
    return { kind: invitation.kind, id: invitation.listingId };
  });
