import { feedAnswerSchema, feedQuerySchema } from '@convene/common/api';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, type Harness } from './harness';

let harness: Harness;
let createFeed: typeof import('../../src/endpoints/feed/feed').createFeed;

beforeAll(async () => {
  harness = await createHarness();
  Object.assign(process.env, harness.context.env.backend);
  ({ createFeed } = await import('../../src/endpoints/feed/feed'));
  const statements = [
    `INSERT INTO cities (id, name, slug, country) VALUES (1, 'Iași', 'iasi', 'Romania'), (2, 'Cluj', 'cluj', 'Romania')`,
    `INSERT INTO listing_types (id, name, slug, kind) VALUES (1, 'Loft', 'loft', 'locations')`,
    `INSERT INTO facilities (id, name, slug) VALUES (1, 'Stage', 'stage'), (2, 'Parking', 'parking')`,
    `INSERT INTO locations (id, title, slug, city_id, type_id, tier, capacity, price_amount_minor, price_currency, price_unit, moderation_status, _status)
     VALUES (1, 'One', 'one', 1, 1, 'standard', 40, 5000, 'EUR', 'hour', 'approved', 'published'),
            (2, 'Two', 'two', 1, 1, 'standard', 80, 9000, 'EUR', 'hour', 'approved', 'published'),
            (3, 'Three', 'three', 2, NULL, 'standard', NULL, 9000, 'RON', 'hour', 'approved', 'published'),
            (4, 'Four', 'four', 2, NULL, 'standard', 400, NULL, 'EUR', NULL, 'approved', 'published'),
            (5, 'Five', 'five', 2, NULL, 'standard', 400, 5000, 'EUR', 'hour', 'pending', 'draft')`,
    `INSERT INTO locations_rels (parent_id, path, facilities_id, "order")
     VALUES (1, 'facilities', 1, 1), (2, 'facilities', 1, 1), (2, 'facilities', 2, 2), (4, 'facilities', 2, 1)`,
    `INSERT INTO aggregates (kind, listing_id, rating_average, review_count)
     VALUES ('locations', 1, 4.5, 3), ('locations', 2, 3.9, 8), ('events', 3, 5, 9)`,
    `INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
     SELECT 'locations', city, type, id, 1 - id / 10.0, '{"placed": true}', now() FROM locations
     CROSS JOIN LATERAL (VALUES ('all', 'all'), (city_id::varchar, 'all'), ('all', type_id::varchar), (city_id::varchar, type_id::varchar)) AS segment (city, type)
     WHERE city IS NOT NULL AND type IS NOT NULL`,
    // The first is on around midnight in Auckland: 10 June there is 9 June by UTC.
    `INSERT INTO events (id, title, slug, tier, starts_at, ends_at, cancelled_at, time_zone, moderation_status, _status)
     VALUES (1, 'Night', 'night', 'standard', '2096-06-09T11:30:00Z', '2096-06-09T13:00:00Z', NULL, 'Pacific/Auckland', 'approved', 'published'),
            (2, 'Week', 'week', 'standard', '2096-06-08T08:00:00Z', '2096-06-14T20:00:00Z', NULL, 'Europe/Bucharest', 'approved', 'published'),
            (3, 'Off', 'off', 'standard', '2096-06-08T08:00:00Z', '2096-06-14T20:00:00Z', now(), 'Europe/Bucharest', 'approved', 'published'),
            (4, 'Past', 'past', 'standard', '2020-06-08T08:00:00Z', '2020-06-14T20:00:00Z', NULL, 'Europe/Bucharest', 'approved', 'published')`,
    `INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
     SELECT 'events', 'all', 'all', id, 1 - id / 10.0, '{"placed": true}', now() FROM events`,
    `INSERT INTO services (id, title, slug, tier, owner_id, moderation_status, _status)
     SELECT id, 'Service ' || id, 'service-' || id,
       (CASE WHEN id IN (1150, 1160, 1170, 1180) THEN 'sponsored' WHEN id = 1190 THEN 'new' ELSE 'standard' END)::enum_services_tier,
       NULL, 'approved', 'published' FROM generate_series(1, 1200) AS id`,
    `INSERT INTO listing_rank (kind, city, type, listing_id, score, parts, computed_at)
     SELECT 'services', 'all', 'all', id, 1 - id / 2000.0, '{"placed": true}', now() FROM services`,
  ];
  for (const statement of statements) await harness.pool.query(statement);
});
afterAll(() => harness.dispose());

const page = async (query: Record<string, string | number>) =>
  feedAnswerSchema.parse(await createFeed(harness.pool).page(feedQuerySchema.parse(query)));
const idsOf = async (query: Record<string, string | number>) => (await page(query)).items.map(({ id }) => id);

describe('filters', () => {
  it.each([
    ['nothing', {}, [1, 2, 3, 4]],
    ['a city', { city: 'cluj' }, [3, 4]],
    ['a city and type', { city: 'iasi', type: 'loft' }, [1, 2]],
    ['a price in its currency', { priceMin: 5_000, priceMax: 9_000, currency: 'EUR' }, [1, 2]],
    ['a lowest price', { priceMin: 5_001, currency: 'EUR' }, [2]],
    ['a price in another currency', { priceMax: 9_000, currency: 'RON' }, [3]],
    ['a capacity', { capacityMin: 80 }, [2, 4]],
    ['a rating', { ratingMin: 4 }, [1]],
    ['a facility', { facilities: 'parking' }, [2, 4]],
    ['several facilities', { facilities: 'parking,stage' }, [2]],
    ['all at once', { city: 'iasi', facilities: 'stage', ratingMin: 3, capacityMin: 50 }, [2]],
    ['what nothing has', { capacityMin: 5_000 }, []],
  ])('%s', async (_what, query, ids) => {
    expect(await idsOf({ kind: 'locations', ...query })).toEqual(ids);
    expect((await page({ kind: 'locations', ...query })).total).toBe(ids.length);
  });

  it.each([
    ['everything to come that is not called off', {}, [1, 2]],
    ['the day on which it ends by its own calendar', { from: '2096-06-10', to: '2096-06-10' }, [1, 2]],
    ['the day on which it starts by its own calendar', { from: '2096-06-09', to: '2096-06-09' }, [1, 2]],
    ['the day after', { from: '2096-06-11' }, [2]],
    ['the days before', { to: '2096-06-07' }, []],
    ['days around', { from: '2096-06-01', to: '2096-06-30' }, [1, 2]],
  ])('events: %s', async (_what, query, ids) => {
    expect(await idsOf({ kind: 'events', ...query })).toEqual(ids);
  });

  it.each([
    [{ city: 'atlantis' }, 'There is no such city.'],
    [{ type: 'castle' }, 'There is no such type.'],
    [{ facilities: 'stage,moat' }, 'There is no such facility.'],
  ])('says what does not exist: %o', async (query, message) => {
    await expect(page({ kind: 'locations', ...query })).rejects.toThrow(message);
  });

  it.each([
    [{ kind: 'services', capacityMin: 5 }, 'capacityMin'],
    [{ kind: 'events', facilities: 'stage' }, 'facilities'],
    [{ kind: 'locations', from: '2096-06-01' }, 'from'],
    [{ kind: 'events', from: '2096-06-31' }, 'from'],
    [{ kind: 'events', from: '2096-06-02', to: '2096-06-01' }, 'to'],
    [{ kind: 'locations', priceMin: 5 }, 'currency'],
    [{ kind: 'locations', priceMin: 5, priceMax: 4, currency: 'EUR' }, 'priceMax'],
    [{ kind: 'locations', ratingMin: 6 }, 'ratingMin'],
  ])('refuses %o', (query, path) => {
    expect(feedQuerySchema.safeParse(query).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('a segment of more than a thousand', () => {
  it('says so, and brings sponsored and new listings forward from anywhere', async () => {
    const first = await page({ kind: 'services', pageSize: 20 });
    expect(first).toMatchObject({ total: 1_000, totalIsExact: false });
    expect(first.items.slice(0, 3).every(({ tier }) => tier === 'sponsored')).toBe(true);
    expect(first.items[19]?.id).toBe(1190);
  });

  it('shows each once from the first page to the last', async () => {
    const feed = createFeed(harness.pool);
    const ids: number[] = [];
    for (let number = 1; number <= 25; number += 1) {
      const { items } = await feed.page({ kind: 'services', page: number, pageSize: 48 });
      ids.push(...items.map(({ id }) => id));
    }
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  }, 30_000);
});

it('reads once what many ask for at the same moment', async () => {
  const statements: string[] = [];
  const feed = createFeed({
    query: (text, params) => {
      statements.push(text);
      return harness.pool.query(text, params);
    },
  });
  const query = feedQuerySchema.parse({ kind: 'locations', city: 'iasi' });
  await Promise.all(Array.from({ length: 20 }, () => feed.page(query)));
  expect(statements.filter((text) => text.includes('listing_rank'))).toHaveLength(1);
  const before = statements.length;
  expect((await feed.page(query)).items).toHaveLength(2);
  expect(statements).toHaveLength(before);
});

describe('changes', () => {
  const changes: (() => void)[] = [];
  let client: Client;

  beforeAll(async () => {
    client = new Client({ connectionString: harness.context.databaseUrl });
    await client.connect();
    client.on('notification', () => changes.shift()?.());
    await client.query('LISTEN feed_changes');
  });
  afterAll(() => client.end());

  it.each([
    ['a listing is edited', "UPDATE locations SET title = 'Uno' WHERE id = 1"],
    ['an event is called off', 'UPDATE events SET cancelled_at = now() WHERE id = 2'],
    ['a service is added', "INSERT INTO services (id, title, slug) VALUES (2000, 'Added', 'added')"],
    ['a listing is removed', 'DELETE FROM services WHERE id = 2000'],
    ['ranks are written', "UPDATE listing_rank SET score = 0.5 WHERE kind = 'events'"],
  ])('are told when %s', async (_what, statement) => {
    const told = new Promise<void>((resolve) => changes.push(resolve));
    await harness.pool.query(statement);
    await told;
  });
});
