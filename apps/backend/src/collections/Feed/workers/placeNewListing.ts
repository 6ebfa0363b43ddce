import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';

/** Where a segment is empty there is no median to take: the middle of the scale. */
const NEUTRAL_SCORE = 0.5;

/**
 * A first place for a listing that was just approved: the median score of each of its four segments, until the next
 * ranking knows more. A place that it has already is left alone.
 */
export const placeNewListing = async (
  sql: SqlExecutor,
  { kind, listingId }: { kind: ListingKind; listingId: number },
): Promise<void> => {
  // `kind` is one of three literals, never input: a table's name can't be a parameter.
  await sql.query(
    `INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
     SELECT $1::varchar, segment.city, segment.type, $2::numeric,
            coalesce((SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY peer.score)
                      FROM listing_rank AS peer
                      WHERE peer.kind = $1 AND peer.city = segment.city AND peer.type = segment.type), $3::numeric),
            '{"placed": true}'::jsonb, now()
     FROM ${kind} AS listing
     CROSS JOIN LATERAL (
       VALUES ('all', 'all'),
              (listing.city_id::varchar, 'all'),
              ('all', listing.type_id::varchar),
              (listing.city_id::varchar, listing.type_id::varchar)
     ) AS segment (city, type)
     WHERE listing.id = $2 AND segment.city IS NOT NULL AND segment.type IS NOT NULL
     ON CONFLICT (kind, city, type, listing_id) DO NOTHING`,
    [kind, listingId, NEUTRAL_SCORE],
  );
};
