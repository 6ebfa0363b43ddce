import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { FeedFilters } from './query';

/** What follows FROM in a statement over the visible listings of a segment, and the values that it refers to. */
export type Segment = { kind: ListingKind; sql: string; values: unknown[] };

/** What an event must be besides visible, to stand in the feed. */
const stillOn = {
  locations: [],
  services: [],
  events: ['listing.ends_at > now()', 'listing.cancelled_at IS NULL'],
} as const satisfies Record<ListingKind, string[]>;

const idOfSlug = async (sql: SqlExecutor, statement: string, params: unknown[], what: string): Promise<string> => {
  const { rows } = await sql.query<{ id: number }>(statement, params);
  if (!rows[0]) throw new ConveneError('not-found', `There is no such ${what}.`);
  return String(rows[0].id);
};

const facilityIds = async (sql: SqlExecutor, slugs: string[]): Promise<number[]> => {
  const { rows } = await sql.query<{ id: number }>('SELECT id FROM facilities WHERE slug = ANY($1)', [slugs]);
  if (rows.length < slugs.length) throw new ConveneError('not-found', 'There is no such facility.');
  return rows.map(({ id }) => id);
};

/**
 * Finds what the slugs mean and writes the conditions.
 *
 * Ids are compared as integers: as the numeric that they are in `listing_rank` and `aggregates` no index of the
 * listings' could be used.
 *
 * @throws ConveneError not-found, for a slug that nothing has
 */
export const segmentOf = async (sql: SqlExecutor, filters: FeedFilters): Promise<Segment> => {
  const { kind, city, type, priceMin, priceMax, currency, ratingMin, facilities, capacityMin, from, to } = filters;
  const [cityKey, typeKey, withFacilities] = await Promise.all([
    city ? idOfSlug(sql, 'SELECT id FROM cities WHERE slug = $1', [city], 'city') : 'all',
    type
      ? idOfSlug(sql, 'SELECT id FROM listing_types WHERE slug = $1 AND kind::text = $2', [type, kind], 'type')
      : 'all',
    facilities?.length ? facilityIds(sql, facilities) : undefined,
  ]);
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const conditions = [
    `rank.kind = ${value(kind)} AND rank.city = ${value(cityKey)} AND rank.type = ${value(typeKey)}`,
    "listing._status = 'published'",
    "listing.moderation_status = 'approved'",
    'listing.deleted_at IS NULL',
    ...stillOn[kind],
  ];
  const isPriced = priceMin !== undefined || priceMax !== undefined;
  if (isPriced) conditions.push(`listing.price_currency = ${value(currency)}::enum_${kind}_price_currency`);
  if (priceMin !== undefined) conditions.push(`listing.price_amount_minor >= ${value(priceMin)}`);
  if (priceMax !== undefined) conditions.push(`listing.price_amount_minor <= ${value(priceMax)}`);
  if (capacityMin !== undefined) conditions.push(`listing.capacity >= ${value(capacityMin)}`);
  if (from) conditions.push(`listing.ends_at > ${value(from)}::date::timestamp AT TIME ZONE listing.time_zone`);
  if (to) conditions.push(`listing.starts_at < (${value(to)}::date + 1)::timestamp AT TIME ZONE listing.time_zone`);
  if (ratingMin !== undefined)
    conditions.push(`EXISTS (
      SELECT FROM aggregates AS aggregate
      WHERE aggregate.kind = $1 AND aggregate.listing_id = rank.listing_id
        AND aggregate.review_count > 0 AND aggregate.rating_average >= ${value(ratingMin)})`);
  for (const id of withFacilities ?? [])
    conditions.push(`EXISTS (
      SELECT FROM locations_rels AS has WHERE has.parent_id = listing.id AND has.facilities_id = ${value(id)})`);
  return {
    kind,
    sql: `listing_rank AS rank JOIN ${kind} AS listing ON listing.id = rank.listing_id::int
      WHERE ${conditions.join('\n        AND ')}`,
    values,
  };
};
