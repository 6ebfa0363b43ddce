import { type OwnListings, ownListingsSchema } from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account/listings: the newest version of each of one's own, last changed first. */
export const ownListings: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readOwnListings(getPool(), user.id));
};

/** The latest version says what the owner last wrote; the main row whether visitors see anything. */
const ownOfKind = (kind: ListingKind): string => `
  SELECT '${kind}' AS kind, listing.id, coalesce(version.version_title, listing.title, '') AS title,
         coalesce(version.version_slug, listing.slug, '') AS slug,
         coalesce(version.version_moderation_status::text, listing.moderation_status::text) AS "moderationStatus",
         version.version_rejection_reason AS "rejectionReason",
         (listing._status = 'published' AND listing.moderation_status = 'approved') AS "isLive",
         coalesce(version.updated_at, listing.updated_at) AS updated_at
  FROM ${kind} AS listing
  LEFT JOIN _${kind}_v AS version ON version.parent_id = listing.id AND version.latest
  WHERE listing.owner_id = $1 AND listing.deleted_at IS NULL`;

export const readOwnListings = async (sql: SqlExecutor, userId: number): Promise<OwnListings> => {
  const { rows } = await sql.query<{ updated_at: Date }>(
    `${listingKinds.map(ownOfKind).join(' UNION ALL ')} ORDER BY updated_at DESC LIMIT 500`,
    [userId],
  );
  return ownListingsSchema.parse({
    items: rows.map(({ updated_at, ...row }) => ({ ...row, updatedAt: updated_at.toISOString() })),
  });
};
