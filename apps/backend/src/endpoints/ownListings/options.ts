import { type ListingOptions, listingOptionsSchema } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account/listing-options: what the form of a listing offers to choose from. */
export const listingOptions: RouteHandler = async (request) => {
  await requireUser(request);
  return jsonAnswer(await readListingOptions(getPool()));
};

export const readListingOptions = async (sql: SqlExecutor): Promise<ListingOptions> => {
  const { rows } = await sql.query<{ options: unknown }>(`
    SELECT jsonb_build_object(
      'cities', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'id', id, 'name', name, 'country', country, 'timeZone', time_zone,
                   'point', CASE WHEN longitude IS NOT NULL AND latitude IS NOT NULL
                                 THEN jsonb_build_array(longitude, latitude) END) ORDER BY name, id), '[]') FROM cities),
      'types', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind) ORDER BY name, id), '[]')
                FROM listing_types),
      'facilities', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name, id), '[]')
                     FROM facilities)
    ) AS options`);
  return listingOptionsSchema.parse(rows[0]?.options);
};
