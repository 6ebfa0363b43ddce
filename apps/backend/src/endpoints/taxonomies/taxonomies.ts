import { type Taxonomies, taxonomiesSchema } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/taxonomies: cities and types, with how many listings are to be seen under each. */
export const taxonomies: RouteHandler = async () =>
  jsonAnswer(await readTaxonomies(getPool()), 200, { 'Cache-Control': 'public, max-age=60' });

export const readTaxonomies = async (sql: SqlExecutor): Promise<Taxonomies> => {
  const [cities, types] = await Promise.all([
    sql.query(`
      SELECT city.id, city.slug, city.name, city.country,
             CASE WHEN city.longitude IS NOT NULL AND city.latitude IS NOT NULL
               THEN jsonb_build_array(city.longitude, city.latitude) END AS point,
             jsonb_build_object('locations', count(*) FILTER (WHERE listing.kind = 'locations'),
                                'events', count(*) FILTER (WHERE listing.kind = 'events'),
                                'services', count(*) FILTER (WHERE listing.kind = 'services')) AS listings
      FROM cities AS city LEFT JOIN visible_listings AS listing ON listing.city_id = city.id
      GROUP BY city.id ORDER BY city.name`),
    sql.query(`
      SELECT type.id, type.slug, type.name, type.kind::text AS kind, count(listing.id)::int AS listings
      FROM listing_types AS type
      LEFT JOIN visible_listings AS listing ON listing.type_id = type.id AND listing.kind = type.kind::text
      GROUP BY type.id ORDER BY type.name`),
  ]);
  return taxonomiesSchema.parse({ cities: cities.rows, types: types.rows });
};
