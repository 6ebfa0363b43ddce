import {
  feedAnswerSchema,
  listingAnswerSchema,
  mapAnswerSchema,
  suggestionsSchema,
  taxonomiesSchema,
} from '@convene/common/api';
import { PEER_ADDRESS_HEADER } from '@convene/common/clientIp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Location, User } from '../src/payload-types';
import { call, createPayloadHarness, type PayloadHarness } from './payloadHarness';

type Routes = {
  feed: typeof import('../src/app/api/feed/route');
  map: typeof import('../src/app/api/map/route');
  suggest: typeof import('../src/app/api/suggest/route');
  taxonomies: typeof import('../src/app/api/taxonomies/route');
  listing: typeof import('../src/app/api/listings/[kind]/[slug]/route');
};
type Followed = typeof import('../src/endpoints/feed/followedFeed');

let harness: PayloadHarness;
let routes: Routes;
let followed: Followed;
let owner: User;
let moderator: User;
let city: number;
let type: number;
/** Connections taken from either pool of the backend: one a statement outside of transactions. */
let taken = 0;
let listing: Location;

/** By how much the clock that answers are kept by is ahead. */
let aheadMs = 0;

const patience = { timeout: 10_000, interval: 100 };
// Changes are waited for.
vi.setConfig({ testTimeout: 40_000 });

beforeAll(async () => {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + aheadMs);
  harness = await createPayloadHarness();
  const [feed, map, suggest, taxonomies, listingRoute] = await Promise.all([
    import('../src/app/api/feed/route'),
    import('../src/app/api/map/route'),
    import('../src/app/api/suggest/route'),
    import('../src/app/api/taxonomies/route'),
    import('../src/app/api/listings/[kind]/[slug]/route'),
  ]);
  routes = { feed, map, suggest, taxonomies, listing: listingRoute };
  followed = await import('../src/endpoints/feed/followedFeed');
  const { getPool } = await import('../src/utils/postgres');
  const { payload, createUser } = harness;
  for (const pool of [getPool(), poolOf(payload.db)]) {
    pool.on('acquire', () => {
      taken += 1;
    });
  }
  owner = await createUser({ email: 'owner@example.com', displayName: 'Olga Owner', roles: ['client', 'host'] });
  moderator = await createUser({ email: 'moderator@example.com', roles: ['client', 'moderator'] });
  ({ id: city } = await payload.create({
    collection: 'cities',
    data: { name: 'Iași', slug: 'iasi', country: 'Romania', timeZone: 'Europe/Bucharest' },
  }));
  ({ id: type } = await payload.create({
    collection: 'listing-types',
    data: { name: 'Loft', slug: 'loft', kind: 'locations' },
  }));
  listing = await create('Copou Greenhouse');
  await update(listing.id, { moderationStatus: 'approved' });
  followed.followFeedChanges();
});
afterAll(async () => {
  await followed.stopFollowingFeedChanges();
  await harness.dispose();
});

const poolOf = (db: object) => {
  if (!('pool' in db)) throw new Error('Payload has no pool');
  return db.pool as { on: (event: 'acquire', listener: () => void) => unknown };
};

const create = (title: string): Promise<Location> =>
  harness.payload.create({
    collection: 'locations',
    data: {
      title,
      summary: 'A hall on the water.',
      city,
      type,
      slug: '',
      latitude: 47.18,
      longitude: 27.57,
      moderationStatus: 'pending',
    } as Location,
    user: { ...owner, collection: 'users' },
    overrideAccess: false,
  });

const update = (id: number, data: Partial<Location>) =>
  harness.payload.update({
    collection: 'locations',
    id,
    data,
    user: { ...moderator, collection: 'users' },
    overrideAccess: false,
  });

let visitors = 0;
/** Nobody of them asks often enough to be limited. */
const anotherVisitor = (): string => {
  visitors += 1;
  return `198.51.100.${visitors % 250}`;
};

const read = async (name: 'feed' | 'map' | 'suggest' | 'taxonomies', query = '') => {
  const { status, body } = await call(routes[name], { method: 'GET', query, ip: anotherVisitor() });
  expect(status).toBe(200);
  return body;
};
const readListing = async (slug: string) =>
  call(routes.listing, { method: 'GET', params: { kind: 'locations', slug }, ip: anotherVisitor() });

const titlesFor = async (text: string) => ({
  feed: feedAnswerSchema.parse(await read('feed', `?kind=locations&text=${text}`)).items.map(({ title }) => title),
  map: mapAnswerSchema.parse(await read('map', `?kind=locations&text=${text}`)).points.map(({ title }) => title),
  suggest: suggestionsSchema
    .parse(await read('suggest', `?text=${text}`))
    .items.flatMap((item) => (item.type === 'listing' ? [item.title] : [])),
});

describe('a listing is found', () => {
  it('within seconds of its approval, and no more once it is taken down', async () => {
    const nowhere = { feed: [], map: [], suggest: [] };
    const everywhere = { feed: ['Brick Kiln Hall'], map: ['Brick Kiln Hall'], suggest: ['Brick Kiln Hall'] };
    const pending = await create('Brick Kiln Hall');
    expect(await titlesFor('kiln')).toEqual(nowhere);
    await update(pending.id, { moderationStatus: 'approved' });
    await vi.waitFor(async () => expect(await titlesFor('kiln')).toEqual(everywhere), patience);
    await update(pending.id, { moderationStatus: 'rejected', rejectionReason: 'It burnt down.' });
    await harness.payload.update({ collection: 'locations', id: pending.id, data: { _status: 'draft' } });
    await vi.waitFor(async () => expect(await titlesFor('kiln')).toEqual(nowhere), patience);
  });

  it('by its public version while an edit waits', async () => {
    await harness.payload.update({
      collection: 'locations',
      id: listing.id,
      data: { title: 'Copou Palm House', moderationStatus: 'pending' },
      user: { ...owner, collection: 'users' },
      overrideAccess: false,
    });
    expect((await titlesFor('palm')).feed).toEqual([]);
    expect((await titlesFor('greenhouse')).feed).toEqual(['Copou Greenhouse']);
  });
});

describe('fifty readers at once', () => {
  it.each([
    ['a listing’s page', () => readListing(listing.slug)],
    ['a page of the archive', () => read('feed', '?kind=locations&city=iasi&pageSize=7')],
    ['a search', () => read('feed', '?kind=locations&text=green&pageSize=7')],
    ['the map', () => read('map', '?kind=locations&bounds=27,47,28,48')],
    ['suggestions', () => read('suggest', '?text=gree')],
    ['the taxonomies', () => read('taxonomies')],
  ])('of %s ask Postgres no more often than one, and later ones not at all', async (_what, ask) => {
    const costOf = async (readers: number): Promise<number> => {
      const before = taken;
      await Promise.all(Array.from({ length: readers }, ask));
      return taken - before;
    };
    const costOfCold = (readers: number): Promise<number> => {
      aheadMs += 600_000;
      return costOf(readers);
    };
    // What the tests before have changed has been told by then.
    await vi.waitFor(async () => expect(await costOf(1)).toBe(0), patience);
    const alone = await costOfCold(1);
    expect(alone).toBeGreaterThan(0);
    expect(await costOfCold(50)).toBeLessThanOrEqual(alone);
    expect(await costOf(50)).toBe(0);
  });

  it('see a change of the listing, its owner and its city within seconds', async () => {
    const seen = async () => {
      const [first] = await Promise.all(Array.from({ length: 50 }, () => readListing(listing.slug)));
      const answer = listingAnswerSchema.parse(first?.body);
      if ('movedTo' in answer) throw new Error('the listing has moved');
      return answer.listing;
    };
    expect((await seen()).owner?.displayName).toBe('Olga Owner');
    await harness.payload.update({ collection: 'users', id: owner.id, data: { displayName: 'Olga Oak' } });
    await vi.waitFor(async () => expect((await seen()).owner?.displayName).toBe('Olga Oak'), patience);
    await harness.payload.update({ collection: 'cities', id: city, data: { name: 'Jassy' } });
    await vi.waitFor(async () => expect((await seen()).city?.name).toBe('Jassy'), patience);
    await vi.waitFor(async () => expect((await titlesFor('jassy')).feed).toContain('Copou Greenhouse'), patience);
    const cities = async () => taxonomiesSchema.parse(await read('taxonomies')).cities.map(({ name }) => name);
    await vi.waitFor(async () => expect(await cities()).toEqual(['Jassy']), patience);
  });

  it('find no listing that is not there, and find it once it is', async () => {
    expect((await readListing('late-hall')).status).toBe(404);
    const late = await create('Late Hall');
    await update(late.id, { moderationStatus: 'approved' });
    expect((await readListing('late-hall')).status).toBe(200);
    await harness.payload.delete({ collection: 'locations', id: late.id });
    await vi.waitFor(async () => expect((await readListing('late-hall')).status).toBe(404), patience);
  });
});

describe('the endpoints', () => {
  it.each([
    ['feed', '?kind=locations&text=', 'text'],
    ['feed', '?kind=locations&bounds=1,2,3', 'bounds'],
    ['map', '?bounds=1,2,3,4', 'kind'],
    ['suggest', '', 'text'],
    ['suggest', '?text=a&kind=castles', 'kind'],
  ] as const)('%s%s: says that %s is wrong', async (name, query, path) => {
    const { status, body } = await call(routes[name], { method: 'GET', query });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'invalid-input', issues: [{ path }] } });
  });

  it('let nobody ask without end, but the site itself', async () => {
    const { env } = await import('../src/env');
    const ask = (headers: Record<string, string>) =>
      routes.suggest.GET(new Request('http://localhost:3001/api/suggest?text=gree', { headers }), {
        params: Promise.resolve({}),
      });
    const ownToken = { 'x-convene-service-token': env.SERVICE_TOKEN };
    const statuses = async (headers: Record<string, string>) => {
      const answers = await Promise.all(Array.from({ length: 301 }, () => ask(headers)));
      return answers.map(({ status }) => status);
    };
    expect((await statuses({ [PEER_ADDRESS_HEADER]: '203.0.113.50' })).filter((status) => status === 429)).toHaveLength(
      1,
    );
    expect((await statuses(ownToken)).every((status) => status === 200)).toBe(true);
    // For whom it asks is counted by itself.
    expect((await ask({ ...ownToken, 'x-convene-client-ip': '203.0.113.50' })).status).toBe(429);
    expect((await ask({ ...ownToken, 'x-convene-client-ip': '203.0.113.51' })).status).toBe(200);
  });
});
