import {
  type ListingReviews,
  listingReviewsSchema,
  type ReviewOrder,
  reviewRequestSchema,
  reviewsQuerySchema,
  reviewWithdrawalSchema,
} from '@convene/common/api';
import { ConveneError, parseInput } from '@convene/common/errors';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { withdrawReview, writeReview } from '../../collections/Reviews/write';
import { avatarUrlSql } from '../../readModels/avatars';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readJson, readQuery } from '../http';
import { requireHuman } from '../humanCheck';
import { reviewLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/reviews */
export const createReview: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, reviewLimit);
  const { kind, listingId, rating, text, form } = await readJson(request, reviewRequestSchema);
  requireHuman(form);
  const review = await writeReview({ req, user, listing: { kind, id: listingId }, rating, text });
  return jsonAnswer({ id: review.id, moderationStatus: review.moderationStatus }, 201);
};

/** POST /api/reviews/withdraw */
export const withdrawOwnReview: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, reviewLimit);
  const { kind, listingId } = await readJson(request, reviewWithdrawalSchema);
  await withdrawReview({ req, user, listing: { kind, id: listingId } });
  return jsonAnswer({ done: true });
};

/** GET /api/listings/:kind/:slug/reviews */
export const listReviews: RouteHandler<{ kind: string; slug: string }> = async (request, { params }) => {
  const { kind, slug } = await params;
  const { page, sort } = readQuery(request, reviewsQuerySchema);
  const answer = await readReviews(getPool(), {
    kind: parseInput(listingKindSchema, kind, 'The kind of listing'),
    slug,
    page,
    sort,
  });
  return jsonAnswer(answer, 200, { 'Cache-Control': 'public, max-age=30' });
};

const PAGE_SIZE = 10;

/** Columns of a review; the page is cut and shown in this order. */
const orders = {
  newest: 'created_at DESC, id DESC',
  highest: 'rating DESC, created_at DESC, id DESC',
  lowest: 'rating, created_at DESC, id DESC',
} as const satisfies Record<ReviewOrder, string>;

/** @throws ConveneError not-found where visitors see no such listing */
export const readReviews = async (
  sql: SqlExecutor,
  { kind, slug, page, sort = 'newest' }: { kind: ListingKind; slug: string; page: number; sort?: ReviewOrder },
): Promise<ListingReviews> => {
  const { rows: listings } = await sql.query<{ id: number }>(
    `SELECT id FROM ${kind}
     WHERE slug = $1 AND _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL`,
    [slug],
  );
  const listing = listings[0];
  if (!listing) throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
  const { rows } = await sql.query<{ items: unknown; total: number; distribution: unknown }>(
    `WITH approved AS (
       SELECT id, author_id, rating, text, verified, created_at FROM reviews
       WHERE kind = $1 AND listing_id = $2 AND moderation_status = 'approved' AND deleted_at IS NULL
     ), page AS (
       SELECT *, row_number() OVER (ORDER BY ${orders[sort]}) AS place FROM approved
       ORDER BY place LIMIT $3 OFFSET $4
     )
     SELECT (SELECT count(*)::int FROM approved) AS total,
            (SELECT jsonb_agg((SELECT count(*) FROM approved WHERE rating = stars) ORDER BY stars)
             FROM generate_series(1, 5) AS stars) AS distribution,
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
               'id', page.id, 'authorName', coalesce(author.display_name, ''),
               'authorAvatarUrl', ${avatarUrlSql('picture')}, 'rating', page.rating, 'text', page.text,
               'verified', coalesce(page.verified, false), 'writtenAt', page.created_at
             ) ORDER BY page.place), '[]')
             FROM page LEFT JOIN users AS author ON author.id = page.author_id
             LEFT JOIN media AS picture ON picture.id = author.avatar_id) AS items`,
    [kind, listing.id, PAGE_SIZE, (page - 1) * PAGE_SIZE],
  );
  return listingReviewsSchema.parse({ ...rows[0], page, pageSize: PAGE_SIZE });
};
