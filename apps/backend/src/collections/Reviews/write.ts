import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { Review, User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { isUniqueViolation } from '../../utils/postgresErrors';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { findListing } from '../Listings/findListing';
import type { ListingRef } from '../Listings/listingRef';

/**
 * Writes this person's review of a listing, or changes it: either waits for the moderators.
 *
 * @throws ConveneError not-found, forbidden for one's own listing, conflict for two at once
 */
export const writeReview = ({
  req,
  user,
  listing: ref,
  rating,
  text,
}: {
  req: PayloadRequest;
  user: User;
  listing: ListingRef;
  rating: number;
  text: string;
}): Promise<Review> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const listing = await findListing(sql, ref);
    if (!listing?.isLive)
      throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
    if (listing.ownerId === user.id) {
      throw new ConveneError('forbidden', 'This listing is your own.', { reason: 'own-listing' });
    }
    const { rows } = await sql.query<{ id: number }>(
      'SELECT id FROM reviews WHERE kind = $1 AND listing_id = $2 AND author_id = $3',
      [ref.kind, ref.id, user.id],
    );
    const existing = rows[0];
    // One that was deleted comes back with its author's new words.
    const said = { rating, text, moderationStatus: 'pending' as const, reason: null, deletedAt: null };
    if (existing) {
      return req.payload.update({
        collection: 'reviews',
        id: existing.id,
        data: said,
        trash: true,
        req,
        overrideAccess: true,
        depth: 0,
      });
    }
    return req.payload
      .create({
        collection: 'reviews',
        data: { kind: ref.kind, listingId: ref.id, author: user.id, ...said },
        req,
        overrideAccess: true,
        depth: 0,
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, req)) throw error;
        throw new ConveneError('conflict', 'Your review is here already.');
      });
  });

/**
 * Puts this person's review of a listing into the bin; written anew it comes back, and waits again.
 *
 * @throws ConveneError not-found where there is none
 */
export const withdrawReview = ({
  req,
  user,
  listing: { kind, id: listingId },
}: {
  req: PayloadRequest;
  user: User;
  listing: ListingRef;
}): Promise<void> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const { rows } = await sql.query<{ id: number }>(
      'SELECT id FROM reviews WHERE kind = $1 AND listing_id = $2 AND author_id = $3 AND deleted_at IS NULL FOR UPDATE',
      [kind, listingId, user.id],
    );
    const existing = rows[0];
    if (!existing) throw new ConveneError('not-found', 'There is no review of yours any more.');
    await req.payload.update({
      collection: 'reviews',
      id: existing.id,
      data: { deletedAt: new Date().toISOString() },
      req,
      overrideAccess: true,
      depth: 0,
    });
  });
