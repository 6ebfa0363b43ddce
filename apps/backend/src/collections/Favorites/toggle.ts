import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { isUniqueViolation } from '../../utils/postgresErrors';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { findListing } from '../Listings/findListing';
import type { ListingRef } from '../Listings/listingRef';

type Toggle = {
  req: PayloadRequest;
  user: User;
  listing: ListingRef;
  /** What it shall be; the opposite of what it is, where it is left out. */
  wanted?: boolean | undefined;
};

const toggleOnce = ({ req, user, listing, wanted }: Toggle): Promise<boolean> =>
  inTransaction(req, async () => {
    const { rows } = await (await sqlOfRequest(req)).query<{ id: number }>(
      'SELECT id FROM favorites WHERE kind = $1 AND listing_id = $2 AND user_id = $3',
      [listing.kind, listing.id, user.id],
    );
    const saved = rows[0];
    const shallBe = wanted ?? !saved;
    if (shallBe === Boolean(saved)) return shallBe;
    if (saved) {
      await req.payload.delete({
        collection: 'favorites',
        where: { id: { equals: saved.id } },
        req,
        overrideAccess: true,
      });
      return false;
    }
    const found = await findListing(await sqlOfRequest(req), listing);
    if (!found?.isLive) throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
    await req.payload.create({
      collection: 'favorites',
      data: { kind: listing.kind, listingId: listing.id, user: user.id },
      req,
      overrideAccess: true,
      depth: 0,
    });
    return true;
  });

/**
 * Saves a listing for this person, or lets it go.
 *
 * @returns whether it is saved now
 * @throws ConveneError not-found
 */
export const toggleFavorite = (toggle: Toggle): Promise<boolean> =>
  toggleOnce(toggle).catch((error: unknown) => {
    // Two clicks at once: the other one has saved it.
    if (isUniqueViolation(error, toggle.req)) return true;
    throw error;
  });
