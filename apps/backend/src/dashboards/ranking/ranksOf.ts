import type { ListingKind } from '@convene/common/listings';
import { z } from 'zod';
import { storedScoreSchema } from '../../collections/Feed/scoring';
import { getPool } from '../../utils/postgres';

const rankSchema = z.object({
  city: z.string(),
  type: z.string(),
  cityName: z.string().nullable(),
  typeName: z.string().nullable(),
  score: z.number(),
  place: z.number(),
  of: z.number(),
  /** Null of a listing that has just been placed, before the next ranking. */
  parts: storedScoreSchema.nullable().catch(null),
});
export type RankedIn = z.output<typeof rankSchema>;

/** Where a listing stands in each of its segments, the widest first. */
export const ranksOf = async ({ kind, id }: { kind: ListingKind; id: number }): Promise<RankedIn[]> => {
  const { rows } = await getPool().query(
    `SELECT own.city, own.type, own.score::float8 AS score, own.parts, city.name AS "cityName", type.name AS "typeName",
            1 + (SELECT count(*)::int FROM listing_rank AS better
                 WHERE better.kind = own.kind AND better.city = own.city AND better.type = own.type
                   AND better.score > own.score) AS place,
            (SELECT count(*)::int FROM listing_rank AS other
             WHERE other.kind = own.kind AND other.city = own.city AND other.type = own.type) AS of
     FROM listing_rank AS own
     LEFT JOIN cities AS city ON own.city <> 'all' AND city.id::text = own.city
     LEFT JOIN listing_types AS type ON own.type <> 'all' AND type.id::text = own.type
     WHERE own.kind = $1 AND own.listing_id = $2
     ORDER BY own.city <> 'all', own.type <> 'all', own.city, own.type`,
    [kind, id],
  );
  return z.array(rankSchema).parse(rows);
};
