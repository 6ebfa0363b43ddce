import type { FeedSort } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { orders } from './orders';
import type { FeedFilters } from './query';

/**
 * What follows FROM in a statement over the visible listings of a segment, the order that was asked for, and the values
 * that they refer to.
 */
export type Segment = { kind: ListingKind; sql: string; order: string; values: unknown[] };

/** The listings that a text means, as a table `found` beside the listings. */
export type TextMatch =
  /** `query`: as Postgres writes it. `within`: everything that is searched, or title, type and city alone. */
  | { by: 'words'; query: string; within: 'document' | 'names' }
  /** Misspelt words are found too. */
  | { by: 'similarity'; text: string };

/** What an event must be besides visible, to stand in the feed. */
export const stillOn = {
  locations: [],
  services: [],
  events: ['listing.ends_at > now()', 'listing.cancelled_at IS NULL'],
} as const satisfies Record<ListingKind, string[]>;

export const visible = [
  "listing._status = 'published'",
  "listing.moderation_status = 'approved'",
  'listing.deleted_at IS NULL',
];

const idOfSlug = async (sql: SqlExecutor, statement: string, params: unknown[], what: string): Promise<number> => {
  const { rows } = await sql.query<{ id: number }>(statement, params);
  if (!rows[0]) throw new ConveneError('not-found', `There is no such ${what}.`);
  return rows[0].id;
};

const facilityIds = async (sql: SqlExecutor, slugs: string[]): Promise<number[]> => {
  const { rows } = await sql.query<{ id: number }>('SELECT id FROM facilities WHERE slug = ANY($1)', [slugs]);
  if (rows.length < slugs.length) throw new ConveneError('not-found', 'There is no such facility.');
  return rows.map(({ id }) => id);
};

/**
 * Finds what the slugs mean and writes the conditions.
 *
 * A segment in the order of its ranks is walked from the ranks' index, any other from the listings. Ids are compared as
 * integers: as the numeric that they are in `listing_rank` and `aggregates` no index of the listings' could be used.
 *
 * @param match what `filters.text` means, where it is given
 * @throws ConveneError not-found, for a slug that nothing has
 */
export const segmentOf = async (
  sql: SqlExecutor,
  { filters, sort, match }: { filters: FeedFilters; sort: FeedSort; match?: TextMatch | undefined },
): Promise<Segment> => {
  const { kind, city, type, priceMin, priceMax, currency, ratingMin, facilities, capacityMin, from, to, bounds } =
    filters;
  const [cityId, typeId, withFacilities] = await Promise.all([
    city ? idOfSlug(sql, 'SELECT id FROM cities WHERE slug = $1', [city], 'city') : undefined,
    type
      ? idOfSlug(sql, 'SELECT id FROM listing_types WHERE slug = $1 AND kind::text = $2', [type, kind], 'type')
      : undefined,
    facilities?.length ? facilityIds(sql, facilities) : undefined,
  ]);
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const conditions = [...visible, ...stillOn[kind]];
  const isRanked = sort === 'rank';
  if (isRanked) {
    conditions.unshift(
      `rank.kind = '${kind}' AND rank.city = ${value(String(cityId ?? 'all'))} AND rank.type = ${value(String(typeId ?? 'all'))}`,
    );
  } else {
    if (cityId !== undefined) conditions.push(`listing.city_id = ${value(cityId)}`);
    if (typeId !== undefined) conditions.push(`listing.type_id = ${value(typeId)}`);
  }
  const isPriced = priceMin !== undefined || priceMax !== undefined;
  if (isPriced) conditions.push(`listing.price_currency = ${value(currency)}::enum_${kind}_price_currency`);
  if (priceMin !== undefined) conditions.push(`listing.price_amount_minor >= ${value(priceMin)}`);
  if (priceMax !== undefined) conditions.push(`listing.price_amount_minor <= ${value(priceMax)}`);
  if (capacityMin !== undefined) conditions.push(`listing.capacity >= ${value(capacityMin)}`);
  if (from) conditions.push(`listing.ends_at > ${value(from)}::date::timestamp AT TIME ZONE listing.time_zone`);
  if (to) conditions.push(`listing.starts_at < (${value(to)}::date + 1)::timestamp AT TIME ZONE listing.time_zone`);
  if (bounds) {
    const [west, south, east, north] = bounds;
    conditions.push(
      `listing.latitude >= ${value(south)} AND listing.latitude <= ${value(north)}`,
      // Across the date line it is the one side or the other.
      `(listing.longitude >= ${value(west)} ${west <= east ? 'AND' : 'OR'} listing.longitude <= ${value(east)})`,
      'listing.longitude IS NOT NULL',
    );
  }
  if (ratingMin !== undefined)
    conditions.push(`EXISTS (
      SELECT FROM aggregates AS aggregate
      WHERE aggregate.kind = '${kind}' AND aggregate.listing_id = listing.id
        AND aggregate.review_count > 0 AND aggregate.rating_average >= ${value(ratingMin)})`);
  for (const id of withFacilities ?? [])
    conditions.push(`EXISTS (
      SELECT FROM locations_rels AS has WHERE has.parent_id = listing.id AND has.facilities_id = ${value(id)})`);
  const listingTables = isRanked
    ? `listing_rank AS rank JOIN ${kind} AS listing ON listing.id = rank.listing_id::int`
    : `${kind} AS listing`;
  const { by, join = '' } = orders[sort](kind);
  return {
    kind,
    sql: `${listingTables} ${textTable({ kind, match, value })} ${join}
      WHERE ${conditions.join('\n        AND ')}`,
    order: by,
    values,
  };
};

const textTable = ({
  kind,
  match,
  value,
}: {
  kind: ListingKind;
  match: TextMatch | undefined;
  value: (one: unknown) => string;
}): string => {
  if (!match) return '';
  if (match.by === 'similarity')
    return `JOIN convene_similar_listings('${kind}', ${value(match.text)}) AS found ON found.listing_id = listing.id`;
  // The kind as a literal: the index of a kind is used only where Postgres sees which kind it is.
  return `JOIN listing_search AS found ON found.kind = '${kind}' AND found.listing_id = listing.id
    AND found.${match.within} @@ ${value(match.query)}::tsquery`;
};

/** The first ids of the segment, in its order. @param options.condition begins with AND */
export const readBestIds = async (
  sql: SqlExecutor,
  segment: Segment,
  { condition, limit }: { condition: string; limit: number },
): Promise<number[]> => {
  const { rows } = await sql.query<{ ids: number[] }>(
    `SELECT coalesce(array_agg(id), '{}') AS ids FROM (
       SELECT listing.id FROM ${segment.sql} ${condition}
       ORDER BY ${segment.order} LIMIT ${limit}) AS best`,
    segment.values,
  );
  return rows[0]?.ids ?? [];
};
