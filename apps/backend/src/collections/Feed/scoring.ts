import { createHash } from 'node:crypto';
import type { ListingKind, Tier } from '@convene/common/listings';
import { DAY_MS, utcDayOf } from '@convene/common/time';
import { z } from 'zod';

/*
 * How a listing scores within a segment. `workers/rankSegments.ts` computes the same in SQL for all listings at once;
 * a test holds one against the other.
 */

/** What is weighed; each part is normalised within the segment before. */
export const scoreParts = ['rating', 'reviews', 'views', 'favorites', 'bookings', 'clickThrough'] as const;
export type ScorePart = (typeof scoreParts)[number];
export type ScoreWeights = Record<ScorePart, number>;

/** Only their proportions matter. */
export const defaultWeights: ScoreWeights = {
  rating: 0.3,
  reviews: 0.1,
  views: 0.2,
  favorites: 0.1,
  bookings: 0.2,
  clickThrough: 0.1,
};

/** A part of a segment in which all are alike says nothing for or against anyone. */
export const NEUTRAL = 0.5;

export const scoreConstants = {
  lowPercentile: 0.05,
  highPercentile: 0.95,
  /** How the last 7 days weigh against the last 30. */
  recent7d: 0.7,
  recent30d: 0.3,
  /** A click-through rate begins at its kind's own, as if it had been seen this many times. */
  clickThroughPriorImpressions: 50,
  sponsoredFactor: 1.4,
  recommendedFactor: 1.2,
  newBoost: 0.25,
  newDecayDays: 7,
  recencyBoost: 0.05,
  recencyDecayDays: 14,
  jitter: 0.01,
  /** Nothing is older: by then every decay has come to its end. */
  oldestDays: 3_650,
} as const;

/** What is known of a listing. Counts are sums over the last 7 or 30 UTC days, or all time. */
export type ListingSignals = {
  kind: ListingKind;
  listingId: number;
  tier: Tier;
  approvedAt: Date | null;
  /** Null where nobody has reviewed it. */
  ratingBayesian: number | null;
  reviewCount: number;
  views7d: number;
  views30d: number;
  favoritesAll: number;
  bookings7d: number;
  bookings30d: number;
  impressions30d: number;
};

/** What a listing is measured against where it has nothing of its own. */
export type Priors = {
  /** The mean of all reviews; 0 where there are none. */
  rating: number;
  /** Views over impressions of the listing's kind in 30 days, at most 1; 0 without impressions. */
  clickThrough: number;
};

const recent = (days7: number, days30: number): number =>
  Math.log(1 + scoreConstants.recent7d * days7 + scoreConstants.recent30d * days30);

/** The parts before they are normalised. */
export const rawParts = (signals: ListingSignals, priors: Priors): Record<ScorePart, number> => {
  const prior = scoreConstants.clickThroughPriorImpressions;
  return {
    rating: signals.ratingBayesian ?? priors.rating,
    reviews: Math.log(1 + signals.reviewCount),
    views: recent(signals.views7d, signals.views30d),
    favorites: Math.sqrt(signals.favoritesAll),
    bookings: recent(signals.bookings7d, signals.bookings30d),
    clickThrough: Math.min(1, (signals.views30d + prior * priors.clickThrough) / (signals.impressions30d + prior)),
  };
};

/** A segment's 5th and 95th percentile of one part. */
export type Bounds = { low: number; high: number };

/** The value clipped to the bounds, as 0 to 1; neutral where the bounds are one. */
export const normalise = (value: number, { low, high }: Bounds): number =>
  high > low ? (Math.min(Math.max(value, low), high) - low) / (high - low) : NEUTRAL;

const daysSince = (moment: Date | null, now: Date): number =>
  moment === null
    ? scoreConstants.oldestDays
    : Math.min(scoreConstants.oldestDays, Math.max(0, (now.getTime() - moment.getTime()) / DAY_MS));

export const tierFactor = (tier: Tier, ageDays: number): number => {
  switch (tier) {
    case 'sponsored':
      return scoreConstants.sponsoredFactor;
    case 'recommended':
      return scoreConstants.recommendedFactor;
    case 'new':
      return 1 + scoreConstants.newBoost * Math.exp(-ageDays / scoreConstants.newDecayDays);
    case 'standard':
      return 1;
  }
};

export const recencyFactor = (ageDays: number): number =>
  1 + scoreConstants.recencyBoost * Math.exp(-ageDays / scoreConstants.recencyDecayDays);

/** Up to 1 % more or less, the same for a listing all through a UTC day: equals take turns. */
export const jitterFactor = ({ kind, listingId, now }: { kind: ListingKind; listingId: number; now: Date }): number => {
  const digest = createHash('md5')
    .update(`${kind}:${listingId}:${utcDayOf(now)}`)
    .digest();
  const unit = digest.readUInt32BE(0) / 2 ** 32;
  return 1 + scoreConstants.jitter * (2 * unit - 1);
};

export type ListingScore = {
  score: number;
  /** The weighted mean of the normalised parts, 0 to 1. */
  base: number;
  parts: Record<ScorePart, { raw: number; normalised: number; weighted: number }>;
  tier: number;
  recency: number;
  jitter: number;
};

/**
 * The score of one listing within one segment, with all that it is made of.
 *
 * @param bounds the segment's, per part
 */
export const scoreListing = ({
  signals,
  priors,
  bounds,
  weights = defaultWeights,
  now,
}: {
  signals: ListingSignals;
  priors: Priors;
  bounds: Record<ScorePart, Bounds>;
  weights?: ScoreWeights;
  now: Date;
}): ListingScore => {
  const raw = rawParts(signals, priors);
  const total = sumOfWeights(weights);
  const partOf = (part: ScorePart) => {
    const normalised = normalise(raw[part], bounds[part]);
    return { raw: raw[part], normalised, weighted: (weights[part] / total) * normalised };
  };
  const parts = {
    rating: partOf('rating'),
    reviews: partOf('reviews'),
    views: partOf('views'),
    favorites: partOf('favorites'),
    bookings: partOf('bookings'),
    clickThrough: partOf('clickThrough'),
  };
  const base = scoreParts.reduce((sum, part) => sum + parts[part].weighted, 0);
  const ageDays = daysSince(signals.approvedAt, now);
  const tier = tierFactor(signals.tier, ageDays);
  const recency = recencyFactor(ageDays);
  const jitter = jitterFactor({ ...signals, now });
  return { score: base * tier * recency * jitter, base, parts, tier, recency, jitter };
};

const storedPart = z.array(z.number()).length(scoreParts.length);

/** What `listing_rank.parts` keeps of a score; each list in the order of {@link scoreParts}, to about 6 digits. */
export const storedScoreSchema = z.object({
  base: z.number(),
  tier: z.number(),
  recency: z.number(),
  jitter: z.number(),
  raw: storedPart,
  weighted: storedPart,
});
export type StoredScore = z.infer<typeof storedScoreSchema>;

/** One part of a stored score: how the listing stands, and what that is worth within its segment. */
export const storedPartOf = ({ raw, weighted }: StoredScore, part: ScorePart): { raw: number; weighted: number } => {
  const index = scoreParts.indexOf(part);
  return { raw: raw[index] ?? 0, weighted: weighted[index] ?? 0 };
};

/** @throws RangeError for a negative weight, or where all are 0 */
export const sumOfWeights = (weights: ScoreWeights): number => {
  const values = scoreParts.map((part) => weights[part]);
  const sum = values.reduce((total, weight) => total + weight, 0);
  if (values.some((weight) => !(weight >= 0)) || !(sum > 0) || !Number.isFinite(sum)) {
    throw new RangeError('The weights of a score must not be negative, and not all be 0.');
  }
  return sum;
};
