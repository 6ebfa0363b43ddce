import { utcDayOf } from '@convene/common/time';
import { inPoolTransaction, withLease } from '@convene/coordination';
import type { Pool } from 'pg';
import { getPool } from '../../../utils/postgres';
import { NEUTRAL, type ScorePart, type ScoreWeights, scoreConstants, scoreParts, sumOfWeights } from '../scoring';
import { readScoreWeights } from '../weights';
import { MORE_MEMORY } from './moreMemory';

export type RankSummary = {
  /** False where another process is ranking at the moment; nothing was done then. */
  ran: boolean;
  /** Rows written: up to four a listing. */
  rows: number;
  /** Rows of listings that are no longer to be seen, or no longer in that segment. */
  removed: number;
};

const LEASE = { name: 'feed:rank', ttlSeconds: 120 };

const c = scoreConstants;
const recent = (metric: string) =>
  `ln(1 + ${c.recent7d} * coalesce(aggregate.${metric}_7d, 0)::float8 + ${c.recent30d} * coalesce(aggregate.${metric}_30d, 0)::float8)`;

/** SQL of each part before it is normalised: `rawParts` of scoring.ts. */
const rawPart: Record<ScorePart, string> = {
  rating: 'coalesce(aggregate.rating_bayesian, prior_rating.mean, 0)::float8',
  reviews: 'ln(1 + coalesce(aggregate.review_count, 0)::float8)',
  views: recent('views'),
  favorites: 'sqrt(coalesce(aggregate.favorites_all, 0)::float8)',
  bookings: recent('bookings'),
  clickThrough: `least(1, (coalesce(aggregate.views_30d, 0)::float8 + ${c.clickThroughPriorImpressions} * coalesce(prior_click.rate, 0))
    / (coalesce(aggregate.impressions_30d, 0)::float8 + ${c.clickThroughPriorImpressions}))`,
};

const column = (part: ScorePart): string => (part === 'clickThrough' ? 'click_through' : part);

const bounds = (part: ScorePart): string =>
  `percentile_cont(ARRAY[${c.lowPercentile}, ${c.highPercentile}]) WITHIN GROUP (ORDER BY ${column(part)}) AS ${column(part)}`;

const normalised = (part: ScorePart): string => {
  const value = `placed.${column(part)}`;
  const low = `bounds.${column(part)}[1]`;
  const high = `bounds.${column(part)}[2]`;
  return `CASE WHEN ${high} > ${low}
    THEN (least(greatest(${value}, ${low}), ${high}) - ${low}) / (${high} - ${low})
    ELSE ${NEUTRAL} END`;
};

/** $3 to $8: the weights, in the order of the parts, summing to 1. */
const weight = (part: ScorePart): string => `$${scoreParts.indexOf(part) + 3}::float8`;
const decay = (days: number) => `exp(-age_days / ${days})`;

/** One of the lists of `StoredScore`. Numbers of 4 bytes: writing longer ones as JSON costs more than all the rest. */
const list = (partOf: (part: ScorePart) => string): string =>
  `to_jsonb(ARRAY[${scoreParts.map((part) => `(${partOf(part)})::float4`).join(', ')}])`;

/**
 * $1: the moment of the ranking; $2: its UTC day. Ages end at 10 years, also that of a listing without a date: Postgres
 * refuses an exp() that is too small for a number. What is the same in all segments of a listing is computed once, and
 * what several expressions share is materialised: else the planner puts a copy into each.
 */
const RANK = `
  WITH prior_rating AS MATERIALIZED (
    SELECT sum(rating_average * review_count)::float8 / nullif(sum(review_count), 0)::float8 AS mean FROM aggregates
  ), prior_click AS MATERIALIZED (
    SELECT kind, least(1, coalesce(sum(views_30d)::float8 / nullif(sum(impressions_30d), 0)::float8, 0)) AS rate
    FROM aggregates GROUP BY kind
  ), aged AS MATERIALIZED (
    SELECT listing.kind, listing.id, listing.city_id, listing.type_id, listing.tier,
           least(${c.oldestDays}, greatest(0, coalesce(extract(epoch FROM $1::timestamptz - listing.approved_at)::float8 / 86400, ${c.oldestDays}))) AS age_days,
           ${scoreParts.map((part) => `${rawPart[part]} AS ${column(part)}`).join(',\n           ')}
    FROM visible_listings AS listing
    LEFT JOIN aggregates AS aggregate ON aggregate.kind = listing.kind AND aggregate.listing_id = listing.id
    CROSS JOIN prior_rating
    LEFT JOIN prior_click ON prior_click.kind = listing.kind
  ), raw AS MATERIALIZED (
    SELECT aged.*,
           CASE tier
             WHEN 'sponsored' THEN ${c.sponsoredFactor}
             WHEN 'recommended' THEN ${c.recommendedFactor}
             WHEN 'new' THEN 1 + ${c.newBoost} * ${decay(c.newDecayDays)}
             ELSE 1
           END::float8 AS tier_factor,
           1 + ${c.recencyBoost} * ${decay(c.recencyDecayDays)} AS recency_factor,
           1 + ${c.jitter} * (2 * (('x' || substr(md5(kind || ':' || id || ':' || $2::varchar), 1, 8))::bit(32)::bigint
             / 4294967296.0::float8) - 1) AS jitter_factor
    FROM aged
  ), placed AS MATERIALIZED (
    SELECT raw.*, segment.city, segment.type
    FROM raw
    CROSS JOIN LATERAL (
      VALUES ('all', 'all'), (city_id::varchar, 'all'), ('all', type_id::varchar), (city_id::varchar, type_id::varchar)
    ) AS segment (city, type)
    WHERE segment.city IS NOT NULL AND segment.type IS NOT NULL
  ), bounds AS MATERIALIZED (
    SELECT kind, city, type, ${scoreParts.map(bounds).join(', ')} FROM placed GROUP BY kind, city, type
  ), normalised AS MATERIALIZED (
    SELECT placed.*, ${scoreParts.map((part) => `${normalised(part)} AS n_${column(part)}`).join(', ')}
    FROM placed JOIN bounds USING (kind, city, type)
  ), scored AS MATERIALIZED (
    SELECT normalised.*, ${scoreParts.map((part) => `${weight(part)} * n_${column(part)}`).join(' + ')} AS base
    FROM normalised
  )
  INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
  SELECT kind, city, type, id, base * tier_factor * recency_factor * jitter_factor,
         jsonb_build_object('base', base::float4, 'tier', tier_factor::float4, 'recency', recency_factor::float4,
           'jitter', jitter_factor::float4, 'raw', ${list(column)},
           'weighted', ${list((part) => `${weight(part)} * n_${column(part)}`)}), $1
  FROM scored
  ON CONFLICT (kind, listing_id, city, type) DO UPDATE SET
    score = excluded.score, parts = excluded.parts, computed_at = excluded.computed_at`;

const REMOVE = `
  DELETE FROM listing_rank AS rank
  WHERE NOT EXISTS (
    SELECT FROM visible_listings AS listing
    WHERE listing.kind = rank.kind AND listing.id = rank.listing_id
      AND rank.city IN ('all', listing.city_id::varchar) AND rank.type IN ('all', listing.type_id::varchar)
  )`;

/**
 * Scores every listing that visitors can see within each of its segments: kind × city × type, with 'all' for either.
 * Four statements, whatever the number of listings. The formula, and the same in TypeScript, is in scoring.ts.
 */
export const rankSegments = async ({
  pool = getPool(),
  now = new Date(),
  weights: givenWeights,
}: {
  pool?: Pool;
  now?: Date;
  /** Those that admins have set, where it is not given. */
  weights?: ScoreWeights;
} = {}): Promise<RankSummary> => {
  const outcome = await withLease(pool, LEASE, () =>
    inPoolTransaction(pool, async (client) => {
      const weights = givenWeights ?? (await readScoreWeights(client));
      const total = sumOfWeights(weights);
      const params = [now, utcDayOf(now), ...scoreParts.map((part) => weights[part] / total)];
      await client.query(MORE_MEMORY);
      const removed = await client.query(REMOVE);
      const written = await client.query(RANK, params);
      return { ran: true, rows: written.rowCount ?? 0, removed: removed.rowCount ?? 0 };
    }),
  );
  return outcome.held ? outcome.result : { ran: false, rows: 0, removed: 0 };
};
