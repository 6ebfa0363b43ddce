import { type ListingOfMine, listingOfMineSchema } from '@convene/common/api';
import { parseInput } from '@convene/common/errors';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';
import { liveListingId } from './availability';

/** GET /api/listings/:kind/:slug/mine: what the signed-in person has to do with it. */
export const listingOfMine: RouteHandler<{ kind: string; slug: string }> = async (request, { params }) => {
  const user = await requireUser(request);
  const { kind: kindInUrl, slug } = await params;
  const kind = parseInput(listingKindSchema, kindInUrl, 'The kind of listing');
  const listingId = await liveListingId(getPool(), { kind, slug });
  return jsonAnswer(await readListingOfMine(getPool(), { userId: user.id, kind, listingId }));
};

export const readListingOfMine = async (
  sql: SqlExecutor,
  { userId, kind, listingId }: { userId: number; kind: ListingKind; listingId: number },
): Promise<ListingOfMine> => {
  const { rows } = await sql.query<{ mine: unknown }>(
    `SELECT jsonb_build_object(
       'isOwner', EXISTS (SELECT FROM worker_listings WHERE kind = $2 AND id = $3 AND owner_id = $1),
       'favorite', EXISTS (SELECT FROM favorites WHERE user_id = $1 AND kind = $2 AND listing_id = $3),
       'participation', (SELECT id FROM bookings
                         WHERE kind = $2 AND listing_id = $3 AND client_id = $1 AND type = 'participation'
                           AND status IN ('confirmed', 'completed') LIMIT 1),
       'review', (SELECT jsonb_build_object('rating', rating::int, 'text', text, 'moderationStatus', moderation_status,
                                            'reason', reason)
                  FROM reviews
                  WHERE author_id = $1 AND kind = $2 AND listing_id = $3 AND deleted_at IS NULL),
       'claimWaits', EXISTS (SELECT FROM claims
                             WHERE claimant_id = $1 AND kind = $2 AND listing_id = $3 AND status = 'pending')
     ) AS mine`,
    [userId, kind, listingId],
  );
  return listingOfMineSchema.parse(rows[0]?.mine);
};
