import { type Taxonomies, taxonomiesSchema } from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';
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

/** How many the feed shows, so that an event that is over counts no more; each listing is looked at once. */
const counted = listingKinds
  .map(
    (kind) => `SELECT '${kind}'::text AS kind, listing.city_id, listing.type_id, count(*) AS listings
      FROM ${kind} AS listing WHERE ${[...visible, ...stillOn[kind]].join(' AND ')} GROUP BY listing.city_id, listing.type_id`,
  )
  .join(' UNION ALL ');

const ofKind = (kind: ListingKind) => `coalesce(sum(counted.listings) FILTER (WHERE counted.kind = '${kind}'), 0)`;

const TAXONOMIES = `
  WITH counted AS MATERIALIZED (${counted}), city AS (
    SELECT city.id, city.slug, city.name, city.country,
           CASE WHEN city.longitude IS NOT NULL AND city.latitude IS NOT NULL
             THEN json_build_array(city.longitude, city.latitude) END AS point,
           json_build_object(${listingKinds.map((kind) => `'${kind}', ${ofKind(kind)}`).join(', ')}) AS listings
    FROM cities AS city LEFT JOIN counted ON counted.city_id = city.id GROUP BY city.id
  ), type AS (
    SELECT type.id, type.slug, type.name, type.kind::text AS kind, coalesce(sum(counted.listings), 0) AS listings
    FROM listing_types AS type LEFT JOIN counted ON counted.type_id = type.id AND counted.kind = type.kind::text
    GROUP BY type.id
  ), facility AS (
    SELECT facility.slug, facility.name, count(DISTINCT listing.id) AS listings
    FROM facilities AS facility
    LEFT JOIN locations_rels AS has ON has.facilities_id = facility.id
    LEFT JOIN locations AS listing ON listing.id = has.parent_id AND ${visible.join(' AND ')}
    GROUP BY facility.id
  )
  SELECT json_build_object(
    'cities', (SELECT coalesce(json_agg(city ORDER BY city.name), '[]') FROM city),
    'types', (SELECT coalesce(json_agg(type ORDER BY type.name), '[]') FROM type),
    'facilities', (SELECT coalesce(json_agg(facility ORDER BY facility.name), '[]') FROM facility)) AS taxonomies`;

export const readTaxonomies = async (sql: SqlExecutor): Promise<Taxonomies> => {
  const { rows } = await sql.query<{ taxonomies: unknown }>(TAXONOMIES);
  return taxonomiesSchema.parse(rows[0]?.taxonomies);
};
