import { type MapAnswer, mapAnswerSchema } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';

/** What a map shows of these listings, in the order of their ids, by one statement. Visibility is the caller's matter. */
export const mapPoints = async (
  sql: SqlExecutor,
  { kind, ids }: { kind: ListingKind; ids: number[] },
): Promise<MapAnswer['points']> => {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<{ points: unknown }>(
    `SELECT coalesce(json_agg(json_build_object(
         'kind', $2::text, 'id', listing.id, 'slug', listing.slug, 'title', listing.title,
         'point', json_build_array(listing.longitude, listing.latitude),
         'price', CASE WHEN listing.price_amount_minor IS NOT NULL AND listing.price_unit IS NOT NULL THEN json_build_object(
           'amountMinor', listing.price_amount_minor, 'currency', listing.price_currency, 'unit', listing.price_unit) END
       ) ORDER BY wanted.position), '[]') AS points
     FROM unnest($1::int[]) WITH ORDINALITY AS wanted (id, position)
     JOIN ${kind} AS listing ON listing.id = wanted.id
     WHERE listing.longitude IS NOT NULL AND listing.latitude IS NOT NULL`,
    [ids, kind],
  );
  return mapAnswerSchema.shape.points.parse(rows[0]?.points);
};
