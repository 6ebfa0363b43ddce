import {
  type FeedQuery,
  feedAnswerSchema,
  feedQuerySchema,
  mapAnswerSchema,
  mapQuerySchema,
} from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, type Harness } from './harness';

let harness: Harness;
let createFeed: typeof import('../../src/endpoints/feed/feed').createFeed;
let readSuggestions: typeof import('../../src/endpoints/suggest/readSuggestions').readSuggestions;
let readTaxonomies: typeof import('../../src/endpoints/taxonomies/taxonomies').readTaxonomies;

const richText = (text: string) =>
  JSON.stringify({ root: { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', text }] }] } });

type Seeded = {
  id: number;
  title: string;
  summary?: string;
  description?: string;
  city?: number;
  type?: number;
  price?: [number, string];
  point?: [longitude: number, latitude: number];
  approvedDaysAgo?: number;
};

const services: Seeded[] = [
  { id: 1, title: 'Ana Mureșan Photography', summary: 'A photographer for quiet weddings.', city: 1, type: 2 },
  { id: 2, title: 'Needle & Groove DJs', summary: 'Vinyl for weddings.', city: 2, type: 3 },
  {
    id: 3,
    title: 'Casa cu Nuci',
    summary: 'Bucătărie românească, servită în curte.',
    description: 'We bake sourdough for țară and oraș.',
    city: 2,
    type: 4,
  },
  { id: 4, title: 'Photographer Ștefan', summary: 'Portraits.', city: 2, type: 2 },
  { id: 5, title: 'Two Cooks and a Fire', summary: 'Two of us know a photographer.', city: 1, type: 4 },
];

/** In the order of their scores: the highest id is ranked last. */
const insert = async (kind: 'services' | 'locations', listings: Seeded[]): Promise<void> => {
  for (const { id, title, summary = '', description, city, type, price, point, approvedDaysAgo = 0 } of listings) {
    await harness.pool.query(
      `INSERT INTO ${kind} (id, title, slug, summary, description, city_id, type_id, price_amount_minor, price_currency, price_unit,
         longitude, latitude, approved_at, tier, moderation_status, _status)
       VALUES ($1::int, $2, '${kind}-' || $1::int, $3, $4, $5, $6, $7::numeric, coalesce($8::text, 'EUR')::enum_${kind}_price_currency,
         CASE WHEN $7::numeric IS NOT NULL THEN 'hour' END::enum_${kind}_price_unit, $9, $10,
         now() - $11 * interval '1 day', 'standard', 'approved', 'published')`,
      [
        id,
        title,
        summary,
        description ? richText(description) : null,
        city ?? null,
        type ?? null,
        price?.[0] ?? null,
        price?.[1] ?? null,
        point?.[0] ?? null,
        point?.[1] ?? null,
        approvedDaysAgo,
      ],
    );
  }
  await insertRanks(kind);
};

const insertRanks = (kind: 'services' | 'locations') =>
  harness.pool.query(
    `INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
     SELECT '${kind}', city, type, id, 1 - id / 10000.0, '{"placed": true}', now() FROM ${kind}
     CROSS JOIN LATERAL (VALUES ('all', 'all'), (city_id::varchar, 'all'), ('all', type_id::varchar)) AS segment (city, type)
     WHERE city IS NOT NULL AND type IS NOT NULL ON CONFLICT DO NOTHING`,
  );

beforeAll(async () => {
  harness = await createHarness();
  Object.assign(process.env, harness.context.env.backend);
  ({ createFeed } = await import('../../src/endpoints/feed/feed'));
  ({ readSuggestions } = await import('../../src/endpoints/suggest/readSuggestions'));
  ({ readTaxonomies } = await import('../../src/endpoints/taxonomies/taxonomies'));
  await harness.pool.query(
    `INSERT INTO cities (id, name, slug, country) VALUES (1, 'Iași', 'iasi', 'Romania'), (2, 'Târgu Mureș', 'targu-mures', 'Romania'), (3, 'Suva', 'suva', 'Fiji')`,
  );
  await harness.pool.query(
    `INSERT INTO listing_types (id, name, slug, kind) VALUES (1, 'Loft', 'loft', 'locations'), (2, 'Photographer', 'photographer', 'services'),
       (3, 'DJ', 'dj', 'services'), (4, 'Catering', 'catering', 'services')`,
  );
  await harness.pool.query(
    `INSERT INTO facilities (id, name, slug) VALUES (1, 'Stage', 'stage'), (2, 'Parking', 'parking')`,
  );
  await insert('services', services);
  await insert('locations', [
    { id: 1, title: 'Reef House', city: 3, price: [9_000, 'EUR'], point: [179.5, -17], approvedDaysAgo: 3 },
    { id: 2, title: 'Taveuni Hall', city: 3, price: [20_000, 'RON'], point: [-179.9, -16.8], approvedDaysAgo: 1 },
    { id: 3, title: 'Copou Loft', city: 1, price: [5_000, 'EUR'], point: [27.57, 47.18], approvedDaysAgo: 2 },
    { id: 4, title: 'Nowhere Yet', city: 1, approvedDaysAgo: 9 },
  ]);
  await harness.pool.query(
    `INSERT INTO locations_rels (parent_id, path, facilities_id, "order") VALUES (1, 'facilities', 1, 1), (3, 'facilities', 1, 1)`,
  );
});
afterAll(() => harness.dispose());

const page = async (query: FeedQuery) =>
  feedAnswerSchema.parse(await createFeed(harness.pool).page(feedQuerySchema.parse(query)));
const idsOf = async (query: FeedQuery) => (await page(query)).items.map(({ id }) => id);
const found = async (text: string) => (await idsOf({ kind: 'services', text })).toSorted();

describe('words', () => {
  it.each([
    ['a title', 'needle', [2]],
    ['a summary', 'vinyl', [2]],
    ['rich text', 'sourdough', [3]],
    ['the city', 'iasi', [1, 5]],
    ['the type', 'catering', [3, 5]],
    ['words of several fields', 'photographer iasi', [1, 5]],
    ['diacritics that were not typed', 'bucatarie romaneasca', [3]],
    ['diacritics that were typed', 'bucătărie românească', [3]],
    ['a cedilla for a comma', 'oraş', [3]],
    ['letters with their accents apart', 'mures\u0326an', [1]],
    ['another case', 'NEEDLE & GROOVE', [2]],
    ['an unfinished word', 'photog', [1, 4, 5]],
    ['an unfinished last of several', 'ana photog', [1]],
    ['a plural for a singular', 'photographers', [1, 4, 5]],
    ['words between that say nothing', 'a photographer for the', [1, 4, 5]],
  ])('%s', async (_what, text, ids) => {
    expect(await found(text)).toEqual(ids);
  });

  it('looks for whole words but the last', async () => {
    expect(await found('photog needle')).toEqual([]);
  });

  it.each([
    ['a letter left out', 'photgrapher', [1, 4]],
    ['two letters swapped', 'cateirng', [3, 5]],
    ['a wrong letter in a short word', 'neesle', [2]],
    ['beside a right word', 'needle goove', [2]],
    ['in a city', 'iassi', [1, 5]],
    ['in a word that is not finished', 'phtogr', [1, 4]],
  ])('finds what is misspelt: %s', async (_what, text, ids) => {
    expect(await found(text)).toEqual(ids);
  });

  it('adds nothing that is only spelt like what was found, and finds nothing that is spelt otherwise', async () => {
    expect(await found('mureșan')).toEqual([1]);
    expect(await found('photosynthesis')).toEqual([]);
    expect(await found('dju')).toEqual([]);
  });

  it.each([
    "'&|!:*()\\",
    '🎉',
    '🎉 needle',
    "needle'; DROP TABLE services; --",
    'q:*',
    '<->',
    '%_',
    '\\',
    'x'.repeat(100),
    "''''",
    '::tsquery',
    'needle\u0000\u200d',
    '\ud83c',
  ])('takes %j as words and nothing else', async (text) => {
    const query = feedQuerySchema.safeParse({ kind: 'services', text });
    const ids = query.success ? await idsOf({ kind: 'services', text }) : [];
    expect(ids).toEqual(text.includes('needle') && !text.includes('DROP') ? [2] : []);
  });

  it('never takes signs alone for everything', async () => {
    expect(await page({ kind: 'services', text: '!!!' })).toMatchObject({ items: [], total: 0, totalIsExact: true });
    expect((await createFeed(harness.pool).map(mapQuerySchema.parse({ kind: 'locations', text: '&' }))).points).toEqual(
      [],
    );
  });

  it('says what does not exist, whatever the text', async () => {
    for (const text of ['needle', '!!!']) {
      await expect(page({ kind: 'services', text, city: 'atlantis' })).rejects.toThrow('There is no such city.');
    }
  });

  it('narrows with the other filters', async () => {
    expect(await idsOf({ kind: 'services', text: 'photographer', city: 'iasi' })).toEqual([1, 5]);
    expect(await idsOf({ kind: 'services', text: 'photographer', type: 'photographer' })).toEqual([4, 1]);
  });

  it('ranks titles over types, types over texts', async () => {
    expect(await idsOf({ kind: 'services', text: 'photographer' })).toEqual([4, 1, 5]);
    expect(await idsOf({ kind: 'services', text: 'photographer', sort: 'rank' })).toEqual([1, 4, 5]);
  });

  it('is answered from the index of the kind', async () => {
    await harness.pool.query(
      `INSERT INTO services (id, title, slug, tier, moderation_status, _status)
       SELECT id, 'Lute ' || md5(id::text), 'lute-' || id, 'standard', 'approved', 'published' FROM generate_series(1000, 4000) AS id`,
    );
    await harness.pool.query('ANALYZE listing_search, services, listing_rank');
    const plans: string[] = [];
    const explaining: SqlExecutor = {
      query: async (text, params) => {
        const { rows } = await harness.pool.query(`EXPLAIN ${text}`, params);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return harness.pool.query(text, params);
      },
    };
    await createFeed(explaining).page(feedQuerySchema.parse({ kind: 'services', text: 'sourdough' }));
    expect(plans.join('\n')).toContain('listing_search_services_document_idx');
    await harness.pool.query('DELETE FROM services WHERE id >= 1000');
  }, 30_000);
});

describe('what is searched', () => {
  const change = (statement: string) => harness.pool.query(statement);

  it.each([
    [
      'a draft',
      "UPDATE services SET _status = 'draft' WHERE id = 2",
      "UPDATE services SET _status = 'published' WHERE id = 2",
    ],
    [
      'a rejected one',
      "UPDATE services SET moderation_status = 'rejected' WHERE id = 2",
      "UPDATE services SET moderation_status = 'approved' WHERE id = 2",
    ],
    [
      'one in the bin',
      'UPDATE services SET deleted_at = now() WHERE id = 2',
      'UPDATE services SET deleted_at = NULL WHERE id = 2',
    ],
  ])('%s is not found until it is live again', async (_what, leave, come) => {
    await change(leave);
    expect(await found('needle')).toEqual([]);
    expect(
      (await harness.pool.query("SELECT FROM listing_search WHERE kind = 'services' AND listing_id = 2")).rowCount,
    ).toBe(0);
    await change(come);
    expect(await found('needle')).toEqual([2]);
  });

  it('follows an edit, and forgets what was deleted for good', async () => {
    await insert('services', [{ id: 9, title: 'Zither Trio', city: 1 }]);
    expect(await found('zither')).toEqual([9]);
    await change("UPDATE services SET title = 'Dulcimer Trio' WHERE id = 9");
    expect(await found('zither')).toEqual([]);
    expect(await found('dulcimer')).toEqual([9]);
    await change('DELETE FROM services WHERE id = 9');
    expect(await found('dulcimer')).toEqual([]);
  });

  it('follows the names of cities and types', async () => {
    await change("UPDATE cities SET name = 'Jassy' WHERE id = 1");
    expect(await found('jassy')).toEqual([1, 5]);
    expect(await found('iași')).toEqual([]);
    await change("UPDATE cities SET name = 'Iași' WHERE id = 1");
    await change("UPDATE listing_types SET name = 'Banquet' WHERE id = 4");
    expect(await found('banquet')).toEqual([3, 5]);
    await change("UPDATE listing_types SET name = 'Catering' WHERE id = 4");
  });

  it('writes a row anew only when something of it has changed', async () => {
    const version = async () =>
      (
        await harness.pool.query<{ xmin: string }>(
          "SELECT xmin FROM listing_search WHERE kind = 'services' AND listing_id = 2",
        )
      ).rows[0]?.xmin;
    const before = await version();
    await change('UPDATE services SET title = title, updated_at = now(), tier = tier WHERE id = 2');
    expect(await version()).toBe(before);
  });

  it('has a listing that went live while its city was renamed', async () => {
    const renaming = await harness.pool.connect();
    try {
      await renaming.query('BEGIN');
      await renaming.query("UPDATE cities SET name = 'Levuka' WHERE id = 3");
      const publishing = insert('services', [{ id: 8, title: 'Sitar Duo', city: 3 }]);
      await renaming.query('COMMIT');
      await publishing;
    } finally {
      renaming.release();
    }
    expect(await found('sitar levuka')).toEqual([8]);
    await change("UPDATE cities SET name = 'Suva' WHERE id = 3");
    await change('DELETE FROM services WHERE id = 8');
  });
});

describe('sorts', () => {
  it.each([
    ['newest', [2, 3, 1, 4]],
    // 200 lei are less than 50 euros; what has no price comes last either way.
    ['price-asc', [2, 3, 1, 4]],
    ['price-desc', [1, 3, 2, 4]],
    ['rank', [1, 2, 3, 4]],
  ] as const)('%s', async (sort, ids) => {
    expect(await idsOf({ kind: 'locations', sort })).toEqual(ids);
  });

  it('rating: by how sure it is, unrated last', async () => {
    await harness.pool.query(
      `INSERT INTO aggregates (kind, listing_id, rating_average, rating_bayesian, review_count)
       VALUES ('locations', 2, 5, 4.1, 1), ('locations', 3, 4.8, 4.6, 40), ('services', 4, 5, 5, 9)`,
    );
    expect(await idsOf({ kind: 'locations', sort: 'rating' })).toEqual([3, 2, 4, 1]);
  });

  it('soonest: what is on first comes first', async () => {
    await harness.pool.query(
      `INSERT INTO events (id, title, slug, tier, starts_at, ends_at, cancelled_at, time_zone, moderation_status, _status)
       SELECT id, 'Event ' || id, 'event-' || id, 'standard', start, start + interval '2 hours', cancelled, 'UTC', 'approved', 'published'
       FROM (VALUES (1, now() + interval '3 days', NULL::timestamptz), (2, now() + interval '1 day', NULL), (3, now() - interval '1 hour', NULL),
                    (4, now() - interval '3 days', NULL), (5, now() + interval '2 hours', now())) AS event (id, start, cancelled)`,
    );
    expect(await idsOf({ kind: 'events', sort: 'soonest' })).toEqual([3, 2, 1]);
  });

  it('keeps each sort from the first page to the last, without gaps or repetitions', async () => {
    await insert(
      'services',
      Array.from({ length: 60 }, (_, index) => ({
        id: 100 + index,
        title: `Marquee ${index % 3}`,
        city: 1,
        price: [1_000 * (index % 4), 'EUR'] as [number, string],
        approvedDaysAgo: index % 5,
      })),
    );
    for (const query of [
      { sort: 'newest' },
      { sort: 'price-asc' },
      { sort: 'price-desc' },
      { sort: 'rating' },
      { sort: 'relevance' },
      { sort: 'rank' },
    ] as const) {
      const ids: number[] = [];
      // A feed of its own for each page: the order is Postgres', not what one process happens to keep.
      for (const number of [1, 2, 3]) {
        ids.push(...(await idsOf({ kind: 'services', text: 'marquee', ...query, page: number, pageSize: 25 })));
      }
      expect(new Set(ids).size, query.sort).toBe(60);
      expect(ids, query.sort).toHaveLength(60);
    }
    await harness.pool.query('DELETE FROM services WHERE id >= 100');
  });

  it('goes on behind a list’s end in the same order', async () => {
    await harness.pool.query(
      `INSERT INTO services (id, title, slug, tier, approved_at, moderation_status, _status)
       SELECT id, 'Lantern ' || id, 'lantern-' || id, 'standard', '2020-01-01'::timestamptz + id * interval '1 minute', 'approved', 'published'
       FROM generate_series(1000, 2099) AS id`,
    );
    const feed = createFeed(harness.pool);
    const ids: number[] = [];
    for (let number = 1; number <= 23; number += 1) {
      const query = { kind: 'services' as const, text: 'lantern', sort: 'newest' as const, page: number, pageSize: 48 };
      const answer = await feed.page(feedQuerySchema.parse(query));
      expect(answer).toMatchObject({ total: 1_000, totalIsExact: false });
      ids.push(...answer.items.map(({ id }) => id));
    }
    expect(ids).toEqual(Array.from({ length: 1_100 }, (_, index) => 2_099 - index));
    await insertRanks('services');
    const relevant: number[] = [];
    for (let number = 1; number <= 23; number += 1) {
      const query = { kind: 'services' as const, text: 'lantern', page: number, pageSize: 48 };
      relevant.push(...(await feed.page(feedQuerySchema.parse(query))).items.map(({ id }) => id));
    }
    expect(relevant).toEqual(Array.from({ length: 1_100 }, (_, index) => 1_000 + index));
    await harness.pool.query('DELETE FROM services WHERE id >= 1000');
  }, 30_000);

  it('puts nothing on top where the order was asked for', async () => {
    await harness.pool.query("UPDATE locations SET tier = 'sponsored' WHERE id = 4");
    expect((await idsOf({ kind: 'locations' }))[0]).toBe(4);
    expect((await idsOf({ kind: 'locations', sort: 'newest' }))[0]).toBe(2);
    expect((await idsOf({ kind: 'locations', text: 'loft' }))[0]).toBe(3);
    await harness.pool.query("UPDATE locations SET tier = 'standard' WHERE id = 4");
  });
});

describe('bounds', () => {
  it.each([
    ['around a city', '27,47,28,48', [3]],
    ['of everything that has a place', '-180,-90,180,90', [1, 2, 3]],
    ['across the date line', '179,-18,-179,-16', [1, 2]],
    ['of a map dragged over it', '179,-18,181,-16', [1, 2]],
    ['of a map that shows the earth twice', '-300,-90,420,90', [1, 2, 3]],
    ['up to the date line', '179,-18,180,-16', [1]],
    ['of the sea', '-30,-10,-20,0', []],
  ])('%s', async (_what, bounds, ids) => {
    expect((await idsOf({ kind: 'locations', bounds })).toSorted()).toEqual(ids);
    const map = mapAnswerSchema.parse(
      await createFeed(harness.pool).map(mapQuerySchema.parse({ kind: 'locations', bounds })),
    );
    expect(map.points.map(({ id }) => id).toSorted()).toEqual(ids);
    expect(map).toMatchObject({ total: ids.length, totalIsExact: true });
  });

  it('narrow a text and another sort too', async () => {
    expect(await idsOf({ kind: 'locations', bounds: '179,-18,-179,-16', text: 'hall' })).toEqual([2]);
    expect(await idsOf({ kind: 'locations', bounds: '179,-18,-179,-16', sort: 'newest' })).toEqual([2, 1]);
  });

  it('are told on cards and points', async () => {
    expect((await page({ kind: 'locations', city: 'iasi' })).items.map(({ point }) => point)).toEqual([
      [27.57, 47.18],
      null,
    ]);
    const { points } = await createFeed(harness.pool).map(mapQuerySchema.parse({ kind: 'locations', city: 'iasi' }));
    expect(points).toEqual([
      {
        kind: 'locations',
        id: 3,
        slug: 'locations-3',
        title: 'Copou Loft',
        point: [27.57, 47.18],
        price: { amountMinor: 5_000, currency: 'EUR', unit: 'hour' },
      },
    ]);
  });

  it('bring at most five hundred points, the best ranked', async () => {
    await harness.pool.query(
      `INSERT INTO locations (id, title, slug, tier, longitude, latitude, moderation_status, _status)
       SELECT id, 'Tent ' || id, 'tent-' || id, 'standard', 10, 10, 'approved', 'published' FROM generate_series(1000, 2050) AS id`,
    );
    await harness.pool.query(
      `INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
       SELECT 'locations', 'all', 'all', id, 0.5 - id / 10000.0, '{"placed": true}', now() FROM generate_series(1000, 2050) AS id`,
    );
    const { points, ...told } = await createFeed(harness.pool).map(
      mapQuerySchema.parse({ kind: 'locations', bounds: '9,9,11,11' }),
    );
    expect(told).toEqual({ total: 1_000, totalIsExact: false });
    expect(points.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, index) => 1_000 + index));
    await harness.pool.query('DELETE FROM locations WHERE id >= 1000');
    await harness.pool.query('DELETE FROM listing_rank WHERE listing_id >= 1000');
  });
});

describe('what is refused', () => {
  it.each([
    [{ kind: 'services', text: '' }, 'text'],
    [{ kind: 'services', text: ' \u200b ' }, 'text'],
    [{ kind: 'services', text: 'x'.repeat(101) }, 'text'],
    [{ kind: 'services', sort: 'relevance' }, 'sort'],
    [{ kind: 'services', sort: 'soonest' }, 'sort'],
    [{ kind: 'services', sort: 'best' }, 'sort'],
    [{ kind: 'services', city: 'a\u0000b' }, 'city'],
    [{ kind: 'services', bounds: '1,2,3' }, 'bounds'],
    [{ kind: 'services', bounds: '1,2,3,x' }, 'bounds'],
    [{ kind: 'services', bounds: '1,2,3,1e1' }, 'bounds'],
    [{ kind: 'services', bounds: '1,20,3,10' }, 'bounds'],
    [{ kind: 'services', bounds: '1,-91,3,10' }, 'bounds'],
    [{ kind: 'services', bounds: '1,2,900,10' }, 'bounds'],
  ])('%o', (query, path) => {
    expect(feedQuerySchema.safeParse(query).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('suggestions', () => {
  const suggestions = async (text: string, kind?: 'locations' | 'services') => {
    const taxonomies = await readTaxonomies(harness.pool);
    return (await readSuggestions(harness.pool, { query: { text, kind }, taxonomies })).items;
  };

  it('are cities, types and listings that begin with it', async () => {
    expect(await suggestions('photog')).toEqual([
      { type: 'type', slug: 'photographer', name: 'Photographer', kind: 'services', listings: 2 },
      { type: 'listing', kind: 'services', slug: 'services-4', title: 'Photographer Ștefan', city: 'Târgu Mureș' },
      { type: 'listing', kind: 'services', slug: 'services-1', title: 'Ana Mureșan Photography', city: 'Iași' },
    ]);
  });

  it('count what there is in a city, of the kind that was asked for', async () => {
    const city = { type: 'city', slug: 'iasi', name: 'Iași', country: 'Romania' };
    expect((await suggestions('ia'))[0]).toEqual({ ...city, listings: 4 });
    expect((await suggestions('IAȘ', 'services'))[0]).toEqual({ ...city, listings: 2 });
    expect((await suggestions('i'))[0]).toEqual({ ...city, listings: 4 });
  });

  it('leave out what has nothing to show', async () => {
    expect(await suggestions('suva', 'services')).toEqual([]);
    expect((await suggestions('loft', 'services')).filter(({ type }) => type === 'type')).toEqual([]);
  });

  it('know a word inside a name, and what a sentence names', async () => {
    expect((await suggestions('mures'))[0]).toMatchObject({ type: 'city', slug: 'targu-mures' });
    expect((await suggestions('photographer in iasi')).map(({ type }) => type).slice(0, 2)).toEqual(['city', 'type']);
  });

  it('forgive a wrong letter', async () => {
    expect((await suggestions('photgrapher')).map(({ type }) => type)).toEqual(['type', 'listing', 'listing']);
  });

  it.each(["'&|!:*()\\", '🎉', '%', '_', '\\'])('take %j for nothing', async (text) => {
    expect(await suggestions(text)).toEqual([]);
  });

  it('are eight at most', async () => {
    await insert(
      'services',
      Array.from({ length: 12 }, (_, index) => ({ id: 300 + index, title: `Iasi Band ${index}`, city: 1 })),
    );
    expect(await suggestions('iasi')).toHaveLength(8);
    await harness.pool.query('DELETE FROM services WHERE id >= 300');
  });
});

it('tells how many locations have a facility', async () => {
  expect((await readTaxonomies(harness.pool)).facilities).toEqual([
    { slug: 'parking', name: 'Parking', listings: 0 },
    { slug: 'stage', name: 'Stage', listings: 2 },
  ]);
});
