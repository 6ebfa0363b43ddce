import { type ListingCard, type PublicProfile, personQuerySchema, publicProfileSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { type ListingKind, listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { avatarUrlSql } from '../../readModels/avatars';
import { listingCards } from '../../readModels/listingCards';
import { getPool } from '../../utils/postgres';
import { type ById, idOfPath } from '../byId';
import { jsonAnswer, limitReads, type RouteHandler, readQuery } from '../http';
import { personLimit } from '../limits';

const PAGE_SIZE = 12;

/** GET /api/people/:id: what everybody may know of somebody. */
export const person: RouteHandler<ById> = async (request, { params }) => {
  await limitReads(request, personLimit);
  const id = await idOfPath(params);
  const { page } = readQuery(request, personQuerySchema);
  return jsonAnswer(await readPerson(getPool(), { id, page }), 200, { 'Cache-Control': 'public, max-age=30' });
};

type Row = { person: Record<string, unknown>; total: number; page: { kind: ListingKind; id: number }[] };

/**
 * Neither address nor roles; of the listings those that visitors see, the newest first; of the reviews of these no more
 * than their number and average.
 *
 * @throws ConveneError not-found where the account is gone or suspended, or its address was never confirmed
 */
export const readPerson = async (
  sql: SqlExecutor,
  { id, page }: { id: number; page: number },
): Promise<PublicProfile> => {
  const { rows } = await sql.query<Row>(
    `WITH live AS (
       SELECT visible.kind, visible.id, visible.approved_at FROM (${listingKinds.map(liveOfKind).join(' UNION ALL ')})
         AS visible
     ), page AS (
       SELECT kind, id, approved_at FROM live
       ORDER BY approved_at DESC NULLS LAST, kind, id DESC LIMIT $2 OFFSET $3
     )
     SELECT jsonb_build_object(
              'id', person.id, 'displayName', person.display_name, 'avatarUrl', ${avatarUrlSql('picture')},
              'memberSince', person.created_at, 'verified', person.verification = 'verified',
              'bio', coalesce(person.bio, ''),
              'reviews', (SELECT CASE WHEN count(*) > 0 THEN
                            jsonb_build_object('average', avg(review.rating)::float8, 'count', count(*)) END
                          FROM reviews AS review JOIN live ON live.kind = review.kind AND live.id = review.listing_id
                          WHERE review.moderation_status = 'approved' AND review.deleted_at IS NULL)) AS person,
            (SELECT count(*)::int FROM live) AS total,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'id', id)
                                       ORDER BY approved_at DESC NULLS LAST, kind, id DESC), '[]') FROM page) AS page
     FROM users AS person LEFT JOIN media AS picture ON picture.id = person.avatar_id
     WHERE person.id = $1 AND person.deleted_at IS NULL AND person.suspended_at IS NULL
       AND person._verified`,
    [id, PAGE_SIZE, (page - 1) * PAGE_SIZE],
  );
  const found = rows[0];
  if (!found) throw new ConveneError('not-found', 'There is no such person.');
  const listings = { items: await cardsOf(sql, found.page), page, pageSize: PAGE_SIZE, total: found.total };
  return publicProfileSchema.parse({ ...found.person, listings });
};

const liveOfKind = (kind: ListingKind): string => `
  SELECT '${kind}'::text AS kind, id, approved_at FROM ${kind}
  WHERE owner_id = $1 AND _status = 'published' AND moderation_status = 'approved' AND deleted_at IS NULL`;

/** In the order of the page. */
const cardsOf = async (sql: SqlExecutor, page: Row['page']): Promise<ListingCard[]> => {
  const byKind = await Promise.all(
    listingKinds.map((kind) =>
      listingCards(sql, { kind, ids: page.filter((item) => item.kind === kind).map(({ id }) => id) }),
    ),
  );
  const byListing = new Map(byKind.flat().map((card) => [`${card.kind}:${card.id}`, card]));
  return page.flatMap(({ kind, id }) => byListing.get(`${kind}:${id}`) ?? []);
};
