import { type Taxonomies, taxonomiesSchema } from '@convene/common/api';
import { listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { keptAnswers } from '../feed/followedFeed';
import { stillOn, visible } from '../feed/segment';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/taxonomies: cities, types and facilities, with how many listings are to be seen under each. */
export const taxonomies: RouteHandler = async () =>
  jsonAnswer(await keptTaxonomies(), 200, { 'Cache-Control': 'public, max-age=60' });

/** Read once for all who ask, until a listing or a taxonomy changes. */
export const keptTaxonomies = (): Promise<Taxonomies> =>
  keptAnswers<Taxonomies>('taxonomies', 1)('all', () => readTaxonomies(getPool()));

/** How many the feed shows, so that an event that is over counts no more. */
const shown = listingKinds
  .map(
    (kind) => `SELECT '${kind}'::text AS kind, listing.id, listing.city_id, listing.type_id FROM ${kind} AS listing
      WHERE ${[...visible, ...stillOn[kind]].join(' AND ')}`,
  )
  .join(' UNION ALL ');

export const readTaxonomies = async (sql: SqlExecutor): Promise<Taxonomies> => {
  const [cities, types, facilities] = await Promise.all([
    sql.query(`
      SELECT city.id, city.slug, city.name, city.country,
             jsonb_build_object('locations', count(*) FILTER (WHERE listing.kind = 'locations'),
                                'events', count(*) FILTER (WHERE listing.kind = 'events'),
                                'services', count(*) FILTER (WHERE listing.kind = 'services')) AS listings
      FROM cities AS city LEFT JOIN (${shown}) AS listing ON listing.city_id = city.id
      GROUP BY city.id ORDER BY city.name`),
    sql.query(`
      SELECT type.id, type.slug, type.name, type.kind::text AS kind, count(listing.id)::int AS listings
      FROM listing_types AS type
      LEFT JOIN (${shown}) AS listing ON listing.type_id = type.id AND listing.kind = type.kind::text
      GROUP BY type.id ORDER BY type.name`),
    sql.query(`
      SELECT facility.slug, facility.name, count(DISTINCT listing.id)::int AS listings
      FROM facilities AS facility
      LEFT JOIN locations_rels AS has ON has.facilities_id = facility.id
      LEFT JOIN locations AS listing ON listing.id = has.parent_id AND ${visible.join(' AND ')}
      GROUP BY facility.id ORDER BY facility.name`),
  ]);
  return taxonomiesSchema.parse({ cities: cities.rows, types: types.rows, facilities: facilities.rows });
};
