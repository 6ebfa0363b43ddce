import { tiers } from '@convene/common/listings';
import { DAY_MS } from '@convene/common/time';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';
import { type Candidate, COMPOSED_PLACES, composeFeed, sponsoredOfDay } from './composition';
import type { FeedFilters } from './query';
import { type Segment, segmentOf } from './segment';

/** Above it the total is told as "more than": counting on would cost more than anybody gains from the number. */
export const EXACT_TOTAL_LIMIT = 1_000;

/** A segment in the order in which it is shown, as far as anybody usually looks. */
export type ComposedList = {
  segment: Segment;
  /** All ids, or the first `EXACT_TOTAL_LIMIT` and some, in the order of the page. */
  ids: number[];
  isWhole: boolean;
  /** So many of the first stand where composition has put them, the others where the segment's order does. */
  composed: number;
};

const candidatesSchema = z.array(
  z.tuple([z.int(), z.int().nullable(), z.enum(tiers)]).transform(([id, ownerId, tier]) => ({ id, ownerId, tier })),
);

/** One row for a thousand: a driver takes longer over rows than Postgres over making them. */
const readCandidates = async (
  sql: SqlExecutor,
  { segment, condition = '', limit }: { segment: Segment; condition?: string; limit: number },
): Promise<Candidate[]> => {
  const { rows } = await sql.query<{ found: unknown }>(
    `SELECT coalesce(json_agg(json_build_array(id, owner_id, tier)), '[]') AS found FROM (
       SELECT listing.id, listing.owner_id, listing.tier FROM ${segment.sql} ${condition}
       ORDER BY ${segment.order} LIMIT ${limit}) AS best`,
    segment.values,
  );
  return candidatesSchema.parse(rows[0]?.found);
};

/** As many sponsored listings of one segment as take turns; the best ranked ones, where there are more. */
const MOST_SPONSORED = 1_000;

export const readComposedList = async (
  sql: SqlExecutor,
  filters: FeedFilters,
  now = new Date(),
): Promise<ComposedList> => {
  const segment = await segmentOf(sql, { filters, sort: 'rank' });
  const ranked = await readCandidates(sql, { segment, limit: EXACT_TOTAL_LIMIT + 1 });
  const isWhole = ranked.length <= EXACT_TOTAL_LIMIT;
  const sponsored = isWhole
    ? ranked.filter(({ tier }) => tier === 'sponsored')
    : await readCandidates(sql, { segment, condition: "AND listing.tier = 'sponsored'", limit: MOST_SPONSORED });
  const bestNew =
    ranked.find(({ tier }) => tier === 'new') ??
    (isWhole
      ? undefined
      : (await readCandidates(sql, { segment, condition: "AND listing.tier = 'new'", limit: 1 }))[0]);
  const dayNumber = Math.floor(now.getTime() / DAY_MS);
  return {
    segment,
    ids: composeFeed({ ranked, sponsored: sponsoredOfDay(sponsored, dayNumber), bestNew }),
    isWhole,
    composed: COMPOSED_PLACES,
  };
};

/** The ids from place `offset` on, behind the list's end: in the segment's order, without what was put on top. */
export const readIdsBehind = async (
  sql: SqlExecutor,
  { segment, ids, composed }: ComposedList,
  { offset, limit }: { offset: number; limit: number },
): Promise<number[]> => {
  const { values } = segment;
  const { rows } = await sql.query<{ ids: number[] }>(
    `SELECT coalesce(array_agg(id), '{}') AS ids FROM (
       SELECT listing.id FROM ${segment.sql} AND listing.id <> ALL($${values.length + 1}::int[])
       ORDER BY ${segment.order} LIMIT $${values.length + 2} OFFSET $${values.length + 3}) AS page`,
    [...values, ids.slice(0, composed), limit, offset - composed],
  );
  return rows[0]?.ids ?? [];
};
