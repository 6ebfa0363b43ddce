import { listingKinds, tiers } from '@convene/common/listings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bounds,
  defaultWeights,
  jitterFactor,
  type ListingSignals,
  NEUTRAL,
  normalise,
  type ScorePart,
  scoreListing,
  scoreParts,
  sumOfWeights,
  tierFactor,
} from './scoring';

const now = new Date('2025-06-15T12:00:00.000Z');
const count = fc.integer({ min: 0, max: 100_000 });

const signals: fc.Arbitrary<ListingSignals> = fc.record({
  kind: fc.constantFrom(...listingKinds),
  listingId: fc.integer({ min: 1, max: 1_000_000 }),
  tier: fc.constantFrom(...tiers),
  approvedAt: fc.option(fc.date({ min: new Date('2010-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })),
  ratingBayesian: fc.option(fc.double({ min: 1, max: 5, noNaN: true })),
  reviewCount: count,
  views7d: count,
  views30d: count,
  favoritesAll: count,
  bookings7d: count,
  bookings30d: count,
  impressions30d: count,
});
const bound: fc.Arbitrary<Bounds> = fc
  .tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }))
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
const bounds: fc.Arbitrary<Record<ScorePart, Bounds>> = fc.record({
  rating: bound,
  reviews: bound,
  views: bound,
  favorites: bound,
  bookings: bound,
  clickThrough: bound,
});
const priors = fc.record({
  rating: fc.double({ min: 0, max: 5, noNaN: true }),
  clickThrough: fc.double({ min: 0, max: 1, noNaN: true }),
});
const growing = ['reviewCount', 'views7d', 'favoritesAll', 'bookings7d', 'bookings30d'] as const;

describe('a score', () => {
  test('lies between 0 and what tier, recency and jitter can make of 1', () => {
    fc.assert(
      fc.property(signals, priors, bounds, (listing, prior, segment) => {
        const { score, base, parts } = scoreListing({ signals: listing, priors: prior, bounds: segment, now });
        expect(base).toBeGreaterThanOrEqual(0);
        expect(base).toBeLessThanOrEqual(1 + 1e-9);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1.4 * 1.05 * 1.01 + 1e-9);
        for (const part of scoreParts) expect(parts[part].normalised).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('never falls because something good happened more often', () => {
    fc.assert(
      fc.property(
        signals,
        priors,
        bounds,
        fc.constantFrom(...growing),
        fc.integer({ min: 1, max: 1_000 }),
        (listing, prior, segment, signal, more) => {
          const score = (of: ListingSignals) =>
            scoreListing({ signals: of, priors: prior, bounds: segment, now }).score;
          expect(score({ ...listing, [signal]: listing[signal] + more })).toBeGreaterThanOrEqual(score(listing));
        },
      ),
    );
  });

  test('never rises because it was shown more often without being looked at', () => {
    fc.assert(
      fc.property(signals, priors, bounds, count, (listing, prior, segment, more) => {
        const score = (of: ListingSignals) => scoreListing({ signals: of, priors: prior, bounds: segment, now }).score;
        const shown = { ...listing, impressions30d: listing.impressions30d + more };
        expect(score(shown)).toBeLessThanOrEqual(score(listing));
      }),
    );
  });

  test('is the same all through a UTC day, but for age, and another on the next', () => {
    const listing = { kind: 'events', listingId: 7 } as const;
    const morning = jitterFactor({ ...listing, now: new Date('2025-06-15T00:00:00.000Z') });
    expect(jitterFactor({ ...listing, now: new Date('2025-06-15T23:59:59.999Z') })).toBe(morning);
    expect(jitterFactor({ ...listing, now: new Date('2025-06-16T00:00:00.000Z') })).not.toBe(morning);
  });

  test('jitter stays within 1 % and favours nobody', () => {
    const factors = Array.from({ length: 5_000 }, (_, listingId) => jitterFactor({ kind: 'events', listingId, now }));
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.99);
    expect(Math.max(...factors)).toBeLessThanOrEqual(1.01);
    expect(factors.reduce((sum, factor) => sum + factor, 0) / factors.length).toBeCloseTo(1, 3);
  });

  test('of a listing alone in its segment is neutral: every part says nothing', () => {
    const alone = fc.sample(signals, { numRuns: 1, seed: 1 })[0];
    if (!alone) throw new Error('no sample');
    const point = { low: 3, high: 3 };
    const { base } = scoreListing({
      signals: alone,
      priors: { rating: 0, clickThrough: 0 },
      bounds: { rating: point, reviews: point, views: point, favorites: point, bookings: point, clickThrough: point },
      now,
    });
    expect(base).toBeCloseTo(NEUTRAL, 12);
  });
});

test('values outside of the percentiles are clipped', () => {
  expect(normalise(-5, { low: 0, high: 10 })).toBe(0);
  expect(normalise(2.5, { low: 0, high: 10 })).toBe(0.25);
  expect(normalise(50, { low: 0, high: 10 })).toBe(1);
});

test('tiers weigh as agreed, the boost of new ones decaying by a 7-day constant', () => {
  expect(tierFactor('sponsored', 100)).toBe(1.4);
  expect(tierFactor('recommended', 100)).toBe(1.2);
  expect(tierFactor('standard', 0)).toBe(1);
  expect(tierFactor('new', 0)).toBe(1.25);
  expect(tierFactor('new', 7)).toBeCloseTo(1 + 0.25 / Math.E, 12);
});

test('weights that can not be weighed with are refused', () => {
  expect(sumOfWeights(defaultWeights)).toBeCloseTo(1, 12);
  expect(() => sumOfWeights({ ...defaultWeights, views: -0.1 })).toThrow(RangeError);
  expect(() => sumOfWeights({ ...defaultWeights, views: Number.NaN })).toThrow(RangeError);
  const none = { rating: 0, reviews: 0, views: 0, favorites: 0, bookings: 0, clickThrough: 0 };
  expect(() => sumOfWeights(none)).toThrow(RangeError);
});
