import { type FeedAnswer, feedQuerySchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { z } from 'zod';
import { listingCards } from '../../readModels/listingCards';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readQuery } from '../http';

/** Above it the total is told as "more than": counting on would cost more than anybody gains from the number. */
const EXACT_TOTAL_LIMIT = 1_000;

/** What an event must be besides visible, to stand in the feed. */
const stillOn = {
  locations: '',
  services: '',
  events: 'AND listing.ends_at > now() AND listing.cancelled_at IS NULL',
} as const satisfies Record<ListingKind, string>;

/** The id is compared as an integer: as the numeric that it is in `listing_rank` no index of the listings' could be used. */
const rankedListings = (kind: ListingKind): string => `
  FROM listing_rank AS rank
  JOIN ${kind} AS listing ON listing.id = rank.listing_id::int
  WHERE rank.kind = $1 AND rank.city = $2 AND rank.type = $3
    AND listing._status = 'published' AND listing.moderation_status = 'approved' AND listing.deleted_at IS NULL
    ${stillOn[kind]}`;

/** GET /api/feed: one page of a segment, best first. */
export const feed: RouteHandler = async (request) => {
  const query = readQuery(request, feedQuerySchema);
  return jsonAnswer(await feedPage(getPool(), query), 200, { 'Cache-Control': 'public, max-age=30' });
};

export const feedPage = async (sql: SqlExecutor, query: z.output<typeof feedQuerySchema>): Promise<FeedAnswer> => {
  const { kind, page, pageSize } = query;
  const segment = [kind, await cityKey(sql, query.city), await typeKey(sql, kind, query.type)];
  const [ranked, total] = await Promise.all([
    sql.query<{ id: number }>(
      `SELECT listing.id ${rankedListings(kind)} ORDER BY rank.score DESC, rank.listing_id DESC LIMIT $4 OFFSET $5`,
      [...segment, pageSize, (page - 1) * pageSize],
    ),
    sql.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM (SELECT 1 ${rankedListings(kind)} LIMIT $4) AS counted`,
      [...segment, EXACT_TOTAL_LIMIT + 1],
    ),
  ]);
  const counted = total.rows[0]?.total ?? 0;
  return {
    items: await listingCards(sql, { kind, ids: ranked.rows.map((row) => row.id) }),
    page,
    pageSize,
    total: Math.min(counted, EXACT_TOTAL_LIMIT),
    totalIsExact: counted <= EXACT_TOTAL_LIMIT,
  };
};

const cityKey = async (sql: SqlExecutor, slug: string | undefined): Promise<string> => {
  if (!slug) return 'all';
  const { rows } = await sql.query<{ id: number }>('SELECT id FROM cities WHERE slug = $1', [slug]);
  if (!rows[0]) throw new ConveneError('not-found', 'There is no such city.');
  return String(rows[0].id);
};

const typeKey = async (sql: SqlExecutor, kind: ListingKind, slug: string | undefined): Promise<string> => {
  if (!slug) return 'all';
  const { rows } = await sql.query<{ id: number }>('SELECT id FROM listing_types WHERE slug = $1 AND kind::text = $2', [
    slug,
    kind,
  ]);
  if (!rows[0]) throw new ConveneError('not-found', 'There is no such type.');
  return String(rows[0].id);
};
