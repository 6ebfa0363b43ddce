import { listingReviewsSchema, taxonomiesSchema } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { as, createMarket, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;
let visitor: User;
let token: string;

const loadRoutes = async () => ({
  feed: await import('../src/app/api/feed/route'),
  suggest: await import('../src/app/api/suggest/route'),
  map: await import('../src/app/api/map/route'),
  cards: await import('../src/app/api/cards/route'),
  taxonomies: await import('../src/app/api/taxonomies/route'),
  favorites: await import('../src/app/api/account/favorites/route'),
  person: await import('../src/app/api/people/[id]/route'),
  listing: await import('../src/app/api/listings/[kind]/[slug]/route'),
  reviews: await import('../src/app/api/listings/[kind]/[slug]/reviews/route'),
  availability: await import('../src/app/api/listings/[kind]/[slug]/availability/route'),
  mine: await import('../src/app/api/listings/[kind]/[slug]/mine/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
  visitor = await market.person();
  token = await market.tokenOf(visitor);
});
afterAll(() => market.dispose());

type Shown = { kind: ListingKind; id: number; slug: string; ownerId: number; reviewId: number };

const WORD = 'zanzibarquartz';

/** A live listing of somebody's that can be found in every way there is: it has a place, a word, a review, and is saved. */
const show = async (kind: ListingKind, owner: User): Promise<Shown> => {
  const listing = await market.publish(kind, {
    owner: owner.id,
    title: `${WORD} of ${kind} ${owner.id}`,
    latitude: 47.1,
    longitude: 27.6,
  });
  await market.payload.create({ collection: 'favorites', data: { kind, listingId: listing.id, user: visitor.id } });
  const { rows } = await market.pool.query<{ id: number }>(
    `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status)
     VALUES ($1, $2, $3, 5, 'Very good, all of it.', 'approved') RETURNING id`,
    [kind, listing.id, market.client.id],
  );
  return { kind, id: listing.id, slug: listing.slug ?? '', ownerId: owner.id, reviewId: rows[0]?.id ?? 0 };
};

/** How long a process keeps its answers, and hears of changes, is tried elsewhere. */
const forgetAnswers = (): void => {
  const states: unknown = Reflect.get(globalThis, '__convene');
  if (!(states instanceof Map)) return;
  for (const name of states.keys()) if (name === 'feed' || String(name).startsWith('kept-')) states.delete(name);
};

type Read = { status: number; text: string; body: unknown };

const get = async <Params>(
  route: Parameters<typeof call<Params>>[0],
  { query = '', params, asVisitor = false }: { query?: string; params?: Params; asVisitor?: boolean } = {},
): Promise<Read> => {
  const { status, body } = await call(route, {
    method: 'GET',
    query,
    ...(params ? { params } : {}),
    ...(asVisitor ? { token } : {}),
  });
  return { status, text: JSON.stringify(body), body };
};

/** In which of the ways it is found, by the name of each. */
const whereIs = async ({ kind, id, slug, ownerId, reviewId }: Shown): Promise<string[]> => {
  forgetAnswers();
  const inLists = {
    feed: await get(routes.feed, { query: `?kind=${kind}` }),
    'feed of the city': await get(routes.feed, { query: `?kind=${kind}&city=iasi` }),
    'feed of the type': await get(routes.feed, { query: `?kind=${kind}&type=some-${kind}` }),
    'feed, newest': await get(routes.feed, { query: `?kind=${kind}&sort=newest` }),
    search: await get(routes.feed, { query: `?kind=${kind}&text=${WORD}` }),
    'search with a mistake': await get(routes.feed, { query: `?kind=${kind}&text=zanzibarquarts` }),
    suggest: await get(routes.suggest, { query: `?text=${WORD}` }),
    map: await get(routes.map, { query: `?kind=${kind}` }),
    cards: await get(routes.cards, { query: `?listings=${kind}:${id}` }),
    favourites: await get(routes.favorites, { asVisitor: true }),
    person: await get(routes.person, { params: { id: String(ownerId) } }),
  };
  const params = { kind, slug };
  const pages = {
    page: await get(routes.listing, { params }),
    'its reviews': await get(routes.reviews, { params }),
    'its times': await get(routes.availability, { params, query: '?from=2031-01-01&to=2031-01-31' }),
    'my part in it': await get(routes.mine, { params, asVisitor: true }),
  };
  const review = await market.payload.find({
    collection: 'reviews',
    where: { id: { equals: reviewId } },
    overrideAccess: false,
  });
  const document = await market.payload.find({
    collection: kind,
    where: { id: { equals: id } },
    overrideAccess: false,
    trash: true,
  });
  const taxonomies = await get(routes.taxonomies);
  return [
    ...Object.entries(inLists).flatMap(([name, { text }]) => (text.includes(slug) ? [name] : [])),
    ...Object.entries(pages).flatMap(([name, { status }]) => (status === 404 ? [] : [name])),
    ...(review.totalDocs > 0 ? ['review'] : []),
    ...(document.totalDocs > 0 ? ['document'] : []),
    ...(countOf(taxonomies.body, kind) > 0 ? ['count of its type'] : []),
  ];
};

const countOf = (taxonomies: unknown, kind: ListingKind): number => {
  const { types } = taxonomiesSchema.parse(taxonomies);
  return types.find(({ slug }) => slug === `some-${kind}`)?.listings ?? 0;
};

const everywhere = [
  'feed',
  'feed of the city',
  'feed of the type',
  'feed, newest',
  'search',
  'search with a mistake',
  'suggest',
  'map',
  'cards',
  'favourites',
  'person',
  'page',
  'its reviews',
  'its times',
  'my part in it',
  'review',
  'document',
  'count of its type',
];

describe.each(['locations', 'events', 'services'] as const)('a listing of %s', (kind) => {
  it('is nowhere once it is in the bin, and everywhere again when staff restore it', async () => {
    const owner = await market.person(['host', 'organizer', 'provider']);
    const shown = await show(kind, owner);
    expect(await whereIs(shown)).toEqual(everywhere);
    await market.payload.update({
      collection: kind,
      id: shown.id,
      data: { deletedAt: new Date().toISOString() },
      ...as(owner),
    });
    expect(await whereIs(shown)).toEqual([]);
    await market.payload.update({
      collection: kind,
      id: shown.id,
      data: { deletedAt: null },
      trash: true,
      ...as(market.moderator),
    });
    expect(await whereIs(shown)).toEqual(everywhere);
    await market.payload.delete({ collection: kind, id: shown.id, ...as(market.admin) });
  });

  it('is nowhere, nor is its owner, while that account is suspended', async () => {
    const owner = await market.person(['host', 'organizer', 'provider']);
    const shown = await show(kind, owner);
    const { suspendAccount, unsuspendAccount } = await import('../src/collections/Users/suspend');
    const target = async () => ({ req: await market.requestOf(market.admin), actor: market.admin, userId: owner.id });
    await suspendAccount({ ...(await target()), reason: 'Sells what is not there.' });
    expect(await whereIs(shown)).toEqual([]);
    expect((await get(routes.person, { params: { id: String(owner.id) } })).status).toBe(404);
    await unsuspendAccount(await target());
    expect(await whereIs(shown)).toEqual(everywhere);
    await market.payload.delete({ collection: kind, id: shown.id, ...as(market.admin) });
  });

  it('is nowhere, nor is its owner, once that account is deleted', async () => {
    const owner = await market.person(['host', 'organizer', 'provider']);
    const shown = await show(kind, owner);
    await market.payload.update({
      collection: 'users',
      id: owner.id,
      data: { deletedAt: new Date().toISOString() },
      ...as(market.admin),
    });
    expect(await whereIs(shown)).toEqual([]);
    expect((await get(routes.person, { params: { id: String(owner.id) } })).status).toBe(404);
  });
});

describe('many listings at once', () => {
  it.each(['locations', 'events', 'services'] as const)(
    'of %s go into the bin and return as visitors saw them, whatever draft waits',
    async (kind) => {
      const { id } = await market.publish(kind, { title: 'As visitors know it' });
      const { id: hidden } = await market.publish(kind, { moderationStatus: 'draft', _status: 'draft' });
      const { id: owned } = market.owner;
      await market.payload.update({
        collection: kind,
        id,
        data: { title: 'Not looked at yet', moderationStatus: 'pending' },
        ...as(market.owner),
      });
      const states = async () =>
        (
          await market.pool.query(
            `SELECT title, moderation_status, _status, deleted_at IS NOT NULL AS binned FROM ${kind}
           WHERE id = ANY($1) AND owner_id = $2 ORDER BY id`,
            [[id, hidden], owned],
          )
        ).rows;
      const before = await states();
      expect(before[0]).toEqual({
        title: 'As visitors know it',
        moderation_status: 'approved',
        _status: 'published',
        binned: false,
      });
      const many = { collection: kind, where: { id: { in: [id, hidden] } }, ...as(market.moderator) };
      const binned = await market.payload.update({ ...many, data: { deletedAt: new Date().toISOString() } });
      expect(binned.errors).toEqual([]);
      expect(await states()).toEqual(before.map((state) => ({ ...state, binned: true })));
      const restored = await market.payload.update({ ...many, data: { deletedAt: null }, trash: true });
      expect(restored.errors).toEqual([]);
      expect(await states()).toEqual(before);
    },
  );
});

describe('a review', () => {
  const write = async (author: User) => {
    const { id, slug } = await market.publish('locations');
    const { writeReview } = await import('../src/collections/Reviews/write');
    const said = async (text: string) =>
      writeReview({
        req: await market.requestOf(author),
        user: author,
        listing: { kind: 'locations', id },
        rating: 5,
        text,
      });
    const review = await said('Good in every way.');
    await market.payload.update({
      collection: 'reviews',
      id: review.id,
      data: { moderationStatus: 'approved' },
      ...as(market.moderator),
    });
    return { listingId: id, slug: slug ?? '', review, said };
  };
  const totalOf = async (slug: string) =>
    listingReviewsSchema.parse((await get(routes.reviews, { params: { kind: 'locations', slug } })).body);
  const bin = (id: number, user: User, changes: object = {}) =>
    market.payload.update({
      collection: 'reviews',
      id,
      data: { deletedAt: new Date().toISOString(), ...changes },
      ...as(user),
    });

  it('that its author deletes is in the bin as it was: read by nobody, counted nowhere, restored by staff', async () => {
    const author = await market.person();
    const { listingId, slug, review } = await write(author);
    const { aggregateDaily } = await import('../src/collections/Feed/workers/aggregateDaily');
    const countedOf = async () => {
      await aggregateDaily();
      const { rows } = await market.pool.query<{ n: number }>(
        `SELECT review_count::int AS n FROM aggregates WHERE kind = 'locations' AND listing_id = $1`,
        [listingId],
      );
      return rows[0]?.n;
    };
    expect([(await totalOf(slug)).total, await countedOf()]).toEqual([1, 1]);
    await expect(market.payload.delete({ collection: 'reviews', id: review.id, ...as(author) })).rejects.toThrow();
    await expect(bin(review.id, visitor)).rejects.toThrow();
    await bin(review.id, author, { text: 'Bought words, slipped in.', rating: 1 });
    expect([(await totalOf(slug)).total, await countedOf()]).toEqual([0, 0]);
    const binned = { collection: 'reviews' as const, where: { id: { equals: review.id } }, trash: true };
    expect((await market.payload.find({ ...binned, overrideAccess: false })).totalDocs).toBe(0);
    await expect(
      market.payload.update({
        collection: 'reviews',
        id: review.id,
        data: { deletedAt: null },
        trash: true,
        ...as(author),
      }),
    ).rejects.toThrow();
    const restored = await market.payload.update({
      collection: 'reviews',
      id: review.id,
      data: { deletedAt: null },
      trash: true,
      ...as(market.moderator),
    });
    expect(restored).toMatchObject({ text: 'Good in every way.', rating: 5, moderationStatus: 'approved' });
    expect([(await totalOf(slug)).total, await countedOf()]).toEqual([1, 1]);
  });

  it('that is written anew comes out of the bin, and waits', async () => {
    const author = await market.person();
    const { review, said, slug } = await write(author);
    await bin(review.id, author);
    const again = await said('I have thought about it.');
    expect(again).toMatchObject({ id: review.id, moderationStatus: 'pending', deletedAt: null });
    expect((await totalOf(slug)).total).toBe(0);
  });

  it('that waits in the bin is no work for the moderators', async () => {
    const author = await market.person();
    const { review, said } = await write(author);
    await said('Something else to be looked at.');
    const waiting = async () => {
      const { countWaiting } = await import('../src/dashboards/moderation/waiting');
      const { rows } = await market.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM worker_pending_moderation WHERE subject = 'review' AND id = $1`,
        [review.id],
      );
      return [(await countWaiting(market.pool)).bySubject.review.count, rows[0]?.n];
    };
    const [before] = await waiting();
    await bin(review.id, author);
    expect(await waiting()).toEqual([Number(before) - 1, 0]);
  });

  it('is hidden with its listing, however late it was written', async () => {
    const { listingId, review } = await write(await market.person());
    const isLive = async () => (await market.payload.findByID({ collection: 'reviews', id: review.id })).listingIsLive;
    expect(await isLive()).toBe(true);
    await market.pool.query(`UPDATE locations SET _status = 'draft' WHERE id = $1`, [listingId]);
    // A save of what was read before says nothing of the listing.
    await market.payload.update({ collection: 'reviews', id: review.id, data: { listingIsLive: true } });
    expect(await isLive()).toBe(false);
    const { rows } = await market.pool.query<{ live: boolean }>(
      `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status)
       VALUES ('locations', $1, $2, 5, 'Too late to be seen.', 'approved') RETURNING listing_is_live AS live`,
      [listingId, visitor.id],
    );
    expect(rows).toEqual([{ live: false }]);
  });
});
