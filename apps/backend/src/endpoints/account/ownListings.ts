import {
  type OwnListings,
  type OwnListingsQuery,
  ownListingsQuerySchema,
  ownListingsSchema,
} from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler, readQuery } from '../http';

/** GET /api/account/listings: the newest version of each of one's own, last changed first. */
export const ownListings: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readOwnListings(getPool(), user.id, readQuery(request, ownListingsQuerySchema)));
};

/** The latest version says what the owner last wrote; the main row whether visitors see anything. */
const ownOfKind = (kind: ListingKind): string => `
  SELECT '${kind}' AS kind, listing.id, coalesce(version.version_title, listing.title, '') AS title,
         coalesce(version.version_slug, listing.slug, '') AS slug,
         coalesce(version.version_moderation_status::text, listing.moderation_status::text) AS moderation_status,
         version.version_rejection_reason AS rejection_reason,
         coalesce(listing._status = 'published' AND listing.moderation_status = 'approved', false)
           AND listing.deleted_at IS NULL AS is_live,
         coalesce(version.version_updated_at, version.updated_at, listing.updated_at) AS updated_at,
         listing.deleted_at, coalesce(listing.owner_binned_at = listing.deleted_at, false) AS can_restore,
         ${
           kind === 'events'
             ? 'listing.cancelled_at IS NOT NULL AS is_cancelled, coalesce(listing.ends_at > now(), false) AS is_to_come'
             : 'false AS is_cancelled, false AS is_to_come'
         }
  FROM ${kind} AS listing
  LEFT JOIN _${kind}_v AS version ON version.parent_id = listing.id AND version.latest
  WHERE listing.owner_id = $1`;

const condition = `(($2::text IS NULL OR kind = $2) AND CASE $3::text
    WHEN 'bin' THEN deleted_at IS NOT NULL
    WHEN 'live' THEN deleted_at IS NULL AND is_live
    ELSE deleted_at IS NULL AND ($3 IS NULL OR moderation_status = $3) END)`;

const count = (where: string): string => `(SELECT count(*) FROM own WHERE ${where})`;

/** One page of them, with how many there are in each state; by one statement. */
export const readOwnListings = async (
  sql: SqlExecutor,
  userId: number,
  query: OwnListingsQuery = {},
): Promise<OwnListings> => {
  const { kind, state, page, pageSize } = ownListingsQuerySchema.parse(query);
  const { rows } = await sql.query<{ found: object }>(
    `WITH own AS (${listingKinds.map(ownOfKind).join(' UNION ALL ')}),
     page AS (SELECT * FROM own WHERE ${condition} ORDER BY updated_at DESC, kind, id LIMIT $4 OFFSET $5)
     SELECT jsonb_build_object(
       'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'kind', kind, 'id', id, 'title', title, 'slug', slug, 'moderationStatus', moderation_status,
                   'rejectionReason', CASE WHEN moderation_status <> 'approved' THEN rejection_reason END,
                   'isLive', is_live, 'updatedAt', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'deletedAt', to_char(deleted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'canRestore', can_restore,
                   'isOn', is_live AND is_to_come AND NOT is_cancelled, 'isCancelled', is_cancelled)
                   ORDER BY updated_at DESC, kind, id), '[]') FROM page),
       'total', ${count(condition)},
       'counts', jsonb_build_object(
         'live', ${count('deleted_at IS NULL AND is_live')},
         'draft', ${count("deleted_at IS NULL AND moderation_status = 'draft'")},
         'pending', ${count("deleted_at IS NULL AND moderation_status = 'pending'")},
         'rejected', ${count("deleted_at IS NULL AND moderation_status = 'rejected'")},
         'bin', ${count('deleted_at IS NOT NULL')})
     ) AS found`,
    [userId, kind ?? null, state ?? null, pageSize, (page - 1) * pageSize],
  );
  return ownListingsSchema.parse({ ...rows[0]?.found, page, pageSize });
};
