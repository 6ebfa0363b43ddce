import { type ListingKind, listingKinds, type Tier, tiers } from '@convene/common/listings';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  type Bounds,
  defaultWeights,
  type ListingSignals,
  rawParts,
  type ScorePart,
  type StoredScore,
  scoreListing,
  scoreParts,
  storedPartOf,
  storedScoreSchema,
} from '../../src/collections/Feed/scoring';
import { readScoreWeights } from '../../src/collections/Feed/weights';
import { aggregateDaily } from '../../src/collections/Feed/workers/aggregateDaily';
import { placeNewListing } from '../../src/collections/Feed/workers/placeNewListing';
import { rankSegments } from '../../src/collections/Feed/workers/rankSegments';
import { createHarness, emptyFeedTables, type Harness } from './harness';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  const { pool } = harness;
  await pool.query(
    "INSERT INTO cities (id, name, slug, country) SELECT id, 'C' || id, 'c' || id, 'RO' FROM generate_series(1, 3) AS id",
  );
  await pool.query(
    `INSERT INTO listing_types (id, name, slug, kind)
     SELECT id, 'T' || id, 't' || id, (ARRAY['locations', 'events', 'services'])[1 + id % 3]::enum_listing_types_kind
     FROM generate_series(1, 6) AS id`,
  );
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await emptyFeedTables(harness.pool);
  await harness.pool.query('TRUNCATE locations, events, services CASCADE');
});

const now = new Date('2025-06-15T09:00:00.000Z');

type Listing = {
  kind: ListingKind;
  id: number;
  cityId: number | null;
  typeId: number | null;
  tier: Tier;
  approvedAt: Date | null;
};

const insert = async (listings: Listing[]) => {
  for (const { kind, id, cityId, typeId, tier, approvedAt } of listings) {
    await harness.pool.query(
      `INSERT INTO ${kind} (id, title, slug, city_id, type_id, tier, approved_at, moderation_status, _status)
       VALUES ($1, 'x', $2, $3, $4, $5, $6, 'approved', 'published')`,
      [id, `x-${kind}-${id}`, cityId, typeId, tier, approvedAt],
    );
  }
};

const listing = (id: number, more: Partial<Listing> = {}): Listing => ({
  kind: 'locations',
  id,
  cityId: 1,
  typeId: 3,
  tier: 'standard',
  approvedAt: new Date('2025-01-01T00:00:00.000Z'),
  ...more,
});

const addDaily = (
  id: number,
  day: string,
  counts: Partial<Record<'views' | 'impressions' | 'favorites' | 'bookings', number>>,
) =>
  harness.pool.query(
    `INSERT INTO metrics_daily (kind, listing_id, day, views, impressions, favorites, bookings)
     VALUES ('locations', $1, $2, $3, $4, $5, $6)`,
    [id, day, counts.views ?? 0, counts.impressions ?? 0, counts.favorites ?? 0, counts.bookings ?? 0],
  );

const aggregateOf = async (id: number) => {
  const { rows } = await harness.pool.query<Record<string, unknown>>(
    'SELECT * FROM aggregates WHERE kind = $1 AND listing_id = $2',
    ['locations', id],
  );
  return rows[0];
};

/** What a listing has that is placed and not ranked yet. */
const unscored: StoredScore = { base: 0, tier: 0, recency: 0, jitter: 0, raw: [], weighted: [] };
const placedOrScored = z.union([
  storedScoreSchema,
  z.strictObject({ placed: z.literal(true) }).transform(() => unscored),
]);

type Ranked = {
  kind: ListingKind;
  city: string;
  type: string;
  id: number;
  score: number;
  parts: StoredScore;
};
const ranks = async (): Promise<Ranked[]> => {
  const { rows } = await harness.pool.query<Ranked>(
    `SELECT kind, city, type, listing_id::int AS id, score::float8 AS score, parts FROM listing_rank
     ORDER BY kind, city, type, score DESC`,
  );
  return rows.map((row) => ({ ...row, parts: placedOrScored.parse(row.parts) }));
};

/** How many statements the pool's connections run meanwhile. */
const countStatements = async (work: () => Promise<unknown>): Promise<number> => {
  let statements = 0;
  const client = await harness.pool.connect();
  const prototype: { query: (...args: unknown[]) => unknown } = Object.getPrototypeOf(Object.getPrototypeOf(client));
  client.release();
  const original = prototype.query;
  prototype.query = function (...args: unknown[]) {
    statements += 1;
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return statements;
};

const addReviews = (listingId: number, ratings: number[], status: string) =>
  harness.pool.query(
    `WITH author AS (
       INSERT INTO users (email, display_name) SELECT gen_random_uuid() || '@example.com', 'Somebody'
       FROM generate_series(1, cardinality($2::int[])) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () AS number FROM author)
     INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status)
     SELECT 'locations', $1, id, ($2::int[])[number], 'As it was.', $3::enum_reviews_moderation_status FROM numbered`,
    [listingId, ratings, status],
  );

describe('aggregateDaily', () => {
  test('sums 7 and 30 UTC days, today included, and all time', async () => {
    await insert([listing(1)]);
    await addDaily(1, '2025-06-15', { views: 1, favorites: 1 });
    await addDaily(1, '2025-06-09', { views: 10, impressions: 5 });
    await addDaily(1, '2025-06-08', { views: 100, bookings: 2 });
    await addDaily(1, '2025-05-17', { views: 1_000 });
    await addDaily(1, '2025-05-16', { views: 10_000 });
    expect(await aggregateDaily({ pool: harness.pool, now })).toEqual({ ran: true, listings: 1, removed: 0 });
    expect(await aggregateOf(1)).toMatchObject({
      views_7d: '11',
      views_30d: '1111',
      views_all: '11111',
      impressions_7d: '5',
      favorites_7d: '1',
      favorites_all: '1',
      bookings_7d: '0',
      bookings_30d: '2',
      review_count: '0',
      rating_average: null,
      rating_bayesian: null,
      computed_at: now,
    });
  });

  test('by the days of UTC, a minute before midnight and at midnight', async () => {
    await insert([listing(1)]);
    await addDaily(1, '2025-06-09', { views: 1 });
    await aggregateDaily({ pool: harness.pool, now: new Date('2025-06-15T23:59:59.999Z') });
    expect(await aggregateOf(1)).toMatchObject({ views_7d: '1' });
    await aggregateDaily({ pool: harness.pool, now: new Date('2025-06-16T00:00:00.000Z') });
    expect(await aggregateOf(1)).toMatchObject({ views_7d: '0', views_30d: '1' });
  });

  test('has a row for every listing, none for one that is gone', async () => {
    await insert([listing(1), listing(2), listing(3)]);
    await aggregateDaily({ pool: harness.pool, now });
    await harness.pool.query('DELETE FROM locations WHERE id = 2');
    await harness.pool.query('UPDATE locations SET deleted_at = now() WHERE id = 3');
    expect(await aggregateDaily({ pool: harness.pool, now })).toEqual({ ran: true, listings: 1, removed: 2 });
    expect(await aggregateOf(1)).toMatchObject({ review_count: '0' });
    expect(await aggregateOf(2)).toBeUndefined();
  });

  test('averages approved reviews, the few drawn towards the mean of all as by ten more', async () => {
    await insert([listing(1), listing(2), listing(3)]);
    await addReviews(1, [5, 5, 2], 'approved');
    await addReviews(1, [1, 1], 'pending');
    await addReviews(1, [1], 'rejected');
    await addReviews(2, [4], 'approved');
    await aggregateDaily({ pool: harness.pool, now });
    const numbers = async (id: number) => {
      const { review_count, rating_average, rating_bayesian } = (await aggregateOf(id)) ?? {};
      return [review_count, rating_average, rating_bayesian].map((value) => (value === null ? null : Number(value)));
    };
    // The mean of all four is 4.
    expect(await numbers(1)).toEqual([3, 4, 4]);
    expect(await numbers(2)).toEqual([1, 4, 4]);
    expect(await numbers(3)).toEqual([0, null, null]);
    await addReviews(2, [1, 1], 'approved');
    await aggregateDaily({ pool: harness.pool, now });
    const mean = 18 / 6;
    expect(await numbers(2)).toEqual([3, 2, expect.closeTo((6 + 10 * mean) / 13, 6)]);
    await harness.pool.query("UPDATE reviews SET moderation_status = 'rejected'");
    await aggregateDaily({ pool: harness.pool, now });
    expect(await numbers(2)).toEqual([0, null, null]);
  });
});

/** The same whole numbers from 0 to below `below` at every run. */
const randomOf = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

/** A believable mix, the same at every run. */
const mixedMarket = async (
  count: number,
  random = randomOf(42),
): Promise<{ listings: Listing[]; signals: Map<string, ListingSignals> }> => {
  const listings: Listing[] = [];
  const signals = new Map<string, ListingSignals>();
  for (let index = 0; index < count; index += 1) {
    const kind = listingKinds[index % 3] ?? 'locations';
    const tier = tiers[random(4)] ?? 'standard';
    const approvedAt = index === 5 ? null : new Date(now.getTime() - random(60 * 86_400_000) * (index === 7 ? 100 : 1));
    const made = {
      kind,
      id: index + 1,
      cityId: index % 11 === 3 ? null : 1 + random(3),
      typeId: index % 13 === 4 ? null : 1 + random(6),
      tier,
      approvedAt,
    };
    listings.push(made);
    const isQuiet = index % 5 === 0;
    const views7d = isQuiet ? 0 : random(400);
    signals.set(`${kind}/${made.id}`, {
      kind,
      listingId: made.id,
      tier,
      approvedAt,
      ratingBayesian: index % 4 === 0 ? null : 1 + random(400) / 100,
      reviewCount: index % 4 === 0 ? 0 : 1 + random(80),
      views7d,
      views30d: isQuiet ? 0 : views7d + random(900),
      favoritesAll: random(50),
      bookings7d: random(5),
      bookings30d: 5 + random(20),
      impressions30d: isQuiet ? 0 : random(5_000),
    });
  }
  await insert(listings);
  for (const one of signals.values()) {
    await harness.pool.query(
      `INSERT INTO aggregates (kind, listing_id, rating_bayesian, rating_average, review_count, views_7d, views_30d,
         favorites_all, bookings_7d, bookings_30d, impressions_30d)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        one.kind,
        one.listingId,
        one.ratingBayesian,
        one.reviewCount,
        one.views7d,
        one.views30d,
        one.favoritesAll,
        one.bookings7d,
        one.bookings30d,
        one.impressions30d,
      ],
    );
  }
  return { listings, signals };
};

/** The percentile of Postgres' percentile_cont: linear between the two nearest. */
const percentile = (values: number[], at: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const position = at * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? 0;
  return low + (position - Math.floor(position)) * (high - low);
};

const boundsOf = (raws: Record<ScorePart, number>[]): Record<ScorePart, Bounds> => {
  const of = (part: ScorePart): Bounds => {
    const values = raws.map((raw) => raw[part]);
    return { low: percentile(values, 0.05), high: percentile(values, 0.95) };
  };
  return {
    rating: of('rating'),
    reviews: of('reviews'),
    views: of('views'),
    favorites: of('favorites'),
    bookings: of('bookings'),
    clickThrough: of('clickThrough'),
  };
};

const fail = (): never => {
  throw new Error('an empty segment');
};

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe('rankSegments', () => {
  test.each([1, 42, 1_234, 987_654])(
    'scores as scoring.ts does, every listing in every segment, whatever the weights (%i)',
    async (seed) => {
      const random = randomOf(seed);
      const { listings, signals } = await mixedMarket(90, random);
      const weights = { ...defaultWeights };
      // One part weighs something for sure, any other may weigh nothing.
      for (const part of scoreParts) weights[part] = random(4) + (part === 'views' ? 1 : 0);
      await rankSegments({ pool: harness.pool, now, weights });
      const rated = [...signals.values()].filter(({ ratingBayesian }) => ratingBayesian !== null);
      const meanRating =
        sum(rated.map(({ ratingBayesian, reviewCount }) => (ratingBayesian ?? 0) * reviewCount)) /
        sum([...signals.values()].map(({ reviewCount }) => reviewCount));
      const priorsOf = (kind: ListingKind) => {
        const same = [...signals.values()].filter((one) => one.kind === kind);
        const rate = sum(same.map(({ views30d }) => views30d)) / sum(same.map(({ impressions30d }) => impressions30d));
        return { rating: meanRating, clickThrough: Math.min(1, rate) };
      };
      const signalsOf = ({ kind, id }: { kind: ListingKind; id: number }): ListingSignals => {
        const found = signals.get(`${kind}/${id}`);
        if (!found) throw new Error(`no signals of ${kind}/${id}`);
        return found;
      };
      const ranked = await ranks();
      const bySegment = new Map<string, Ranked[]>();
      for (const row of ranked) {
        const segment = `${row.kind}/${row.city}/${row.type}`;
        bySegment.set(segment, [...(bySegment.get(segment) ?? []), row]);
      }
      for (const rows of bySegment.values()) {
        const { kind, city, type } = rows[0] ?? fail();
        const members = listings.filter(
          (one) =>
            one.kind === kind &&
            (city === 'all' || String(one.cityId) === city) &&
            (type === 'all' || String(one.typeId) === type),
        );
        expect(rows.map(({ id }) => id).toSorted()).toEqual(members.map(({ id }) => id).toSorted());
        const priors = priorsOf(kind);
        const bounds = boundsOf(members.map((member) => rawParts(signalsOf(member), priors)));
        for (const row of rows) {
          const expected = scoreListing({ signals: signalsOf(row), priors, bounds, weights, now });
          expect(row.score).toBeCloseTo(expected.score, 9);
          expect(row.parts.base).toBeCloseTo(expected.base, 6);
          expect(row.parts.tier).toBeCloseTo(expected.tier, 6);
          expect(row.parts.recency).toBeCloseTo(expected.recency, 6);
          expect(row.parts.jitter).toBeCloseTo(expected.jitter, 6);
          for (const part of scoreParts) {
            const { raw, weighted } = expected.parts[part];
            expect(storedPartOf(row.parts, part)).toEqual({
              raw: expect.closeTo(raw, 5),
              weighted: expect.closeTo(weighted, 5),
            });
          }
        }
      }
      expect(bySegment.size).toBeGreaterThan(30);
    },
  );

  test('gives a listing four places, one for each of city and type or all', async () => {
    await insert([listing(1), listing(2, { cityId: null }), listing(3, { typeId: null })]);
    expect(await rankSegments({ pool: harness.pool, now })).toEqual({ ran: true, rows: 8, removed: 0 });
    const places = (await ranks()).map(({ id, city, type }) => `${id}: ${city} ${type}`).sort();
    expect(places).toEqual([
      '1: 1 3',
      '1: 1 all',
      '1: all 3',
      '1: all all',
      '2: all 3',
      '2: all all',
      '3: 1 all',
      '3: all all',
    ]);
  });

  test('ranks only what visitors can see, and takes back places that are no longer right', async () => {
    await insert([listing(1), listing(2), listing(3), listing(4), listing(5)]);
    await rankSegments({ pool: harness.pool, now });
    const { pool } = harness;
    await pool.query("UPDATE locations SET moderation_status = 'rejected' WHERE id = 1");
    await pool.query("UPDATE locations SET _status = 'draft' WHERE id = 2");
    await pool.query('UPDATE locations SET deleted_at = now() WHERE id = 3');
    await pool.query('DELETE FROM locations WHERE id = 4');
    await pool.query('UPDATE locations SET city_id = 2 WHERE id = 5');
    expect(await rankSegments({ pool, now })).toEqual({ ran: true, rows: 4, removed: 4 * 4 + 2 });
    expect((await ranks()).map(({ id, city, type }) => `${id}: ${city} ${type}`).sort()).toEqual([
      '5: 2 3',
      '5: 2 all',
      '5: all 3',
      '5: all all',
    ]);
  });

  test('leaves a second at once out, and takes back at the next what went while it ran', async () => {
    await insert([listing(1), listing(2)]);
    const { pool } = harness;
    await rankSegments({ pool, now });
    const tomorrow = new Date(now.getTime() + 86_400_000);
    const holder = await pool.connect();
    let first: ReturnType<typeof rankSegments>;
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM listing_rank WHERE listing_id = 1 FOR UPDATE');
      first = rankSegments({ pool, now: tomorrow });
      await vi.waitFor(async () => {
        const { rows } = await pool.query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        expect(rows).toHaveLength(1);
      });
      expect(await rankSegments({ pool, now: tomorrow })).toEqual({ ran: false, rows: 0, removed: 0 });
      await pool.query('DELETE FROM locations WHERE id = 2');
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect(await first).toEqual({ ran: true, rows: 8, removed: 0 });
    expect(await rankSegments({ pool, now: tomorrow })).toEqual({ ran: true, rows: 4, removed: 4 });
    expect((await ranks()).map(({ id }) => id)).toEqual([1, 1, 1, 1]);
  });

  test('a market without a single event is neutral but for tier, age and jitter', async () => {
    await insert([listing(1), listing(2), listing(3, { tier: 'sponsored' })]);
    await rankSegments({ pool: harness.pool, now });
    const all = (await ranks()).filter(({ city, type }) => city === 'all' && type === 'all');
    expect(all.map(({ parts }) => parts.base)).toEqual([0.5, 0.5, 0.5].map((base) => expect.closeTo(base, 12)));
    expect(all[0]?.id).toBe(3);
  });

  test('is the same when it runs twice a day, and weighs as it is told', async () => {
    await mixedMarket(30);
    await rankSegments({ pool: harness.pool, now });
    const first = await ranks();
    await rankSegments({ pool: harness.pool, now });
    expect(await ranks()).toEqual(first);
    const weights = { rating: 0, reviews: 0, views: 5, favorites: 0, bookings: 0, clickThrough: 0 };
    await rankSegments({ pool: harness.pool, now, weights });
    for (const { parts } of await ranks()) expect(parts.base).toBe(storedPartOf(parts, 'views').weighted);
  });

  test('weighs by what admins have set, and by the defaults where nobody has', async () => {
    await mixedMarket(30);
    expect(await readScoreWeights(harness.pool)).toEqual(defaultWeights);
    const weights = { rating: 0, reviews: 0, views: 0, favorites: 0, bookings: 0, clickThrough: 2 };
    await harness.pool.query(
      'INSERT INTO feed_weights (rating, reviews, views, favorites, bookings, click_through) VALUES (0, 0, 0, 0, 0, 2)',
    );
    try {
      expect(await readScoreWeights(harness.pool)).toEqual(weights);
      await rankSegments({ pool: harness.pool, now });
      for (const { parts } of await ranks()) expect(parts.base).toBe(storedPartOf(parts, 'clickThrough').weighted);
    } finally {
      await harness.pool.query('DELETE FROM feed_weights');
    }
  });

  test('takes as many statements for 300 listings as for one', async () => {
    await insert([listing(1)]);
    const forOne = await countStatements(async () => {
      await aggregateDaily({ pool: harness.pool, now });
      await rankSegments({ pool: harness.pool, now });
    });
    await mixedMarket(0);
    await harness.pool.query(
      `INSERT INTO locations (id, title, slug, city_id, type_id, moderation_status, _status, approved_at)
       SELECT id, 'x', 'many-' || id, 1 + id % 3, 3, 'approved', 'published', now() FROM generate_series(100, 399) AS id`,
    );
    const forMany = await countStatements(async () => {
      await aggregateDaily({ pool: harness.pool, now });
      await rankSegments({ pool: harness.pool, now });
    });
    expect(forMany).toBe(forOne);
    expect(await ranks()).toHaveLength(4 * 301);
  });
});

describe('placeNewListing', () => {
  test('puts a listing at the median of its segments until the next ranking', async () => {
    await insert([1, 2, 3, 4, 5].map((id) => listing(id)));
    for (const id of [1, 2, 3, 4, 5]) await addDaily(id, '2025-06-14', { views: id * id });
    await aggregateDaily({ pool: harness.pool, now });
    await rankSegments({ pool: harness.pool, now });
    const before = (await ranks()).filter(({ city, type }) => city === 'all' && type === 'all');
    await insert([listing(6)]);
    await placeNewListing(harness.pool, { kind: 'locations', listingId: 6 });
    await placeNewListing(harness.pool, { kind: 'locations', listingId: 6 });
    const mine = (await ranks()).filter(({ id }) => id === 6);
    expect(mine).toHaveLength(4);
    expect(mine.find(({ city, type }) => city === 'all' && type === 'all')?.score).toBeCloseTo(
      before[2]?.score ?? 0,
      12,
    );
    await rankSegments({ pool: harness.pool, now });
    expect(
      (await ranks()).filter(({ id }) => id === 6).every(({ parts }) => parts.base < 0.5 && parts.raw.length > 0),
    ).toBe(true);
  });

  test('the first listing of all is placed in the middle of the scale', async () => {
    await insert([listing(1)]);
    await placeNewListing(harness.pool, { kind: 'locations', listingId: 1 });
    expect((await ranks()).map(({ score }) => score)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
