import {
  accountMarksSchema,
  conversationMessagesSchema,
  favoriteMergeAnswerSchema,
  listingCardsSchema,
  listingReviewsSchema,
} from '@convene/common/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarket, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  merge: await import('../src/app/api/favorites/merge/route'),
  marks: await import('../src/app/api/account/marks/route'),
  cards: await import('../src/app/api/cards/route'),
  reviews: await import('../src/app/api/listings/[kind]/[slug]/reviews/route'),
  conversation: await import('../src/app/api/account/messages/[conversationId]/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
});
afterAll(() => market.dispose());

const marksOf = async (token: string) =>
  accountMarksSchema.parse((await call(routes.marks, { method: 'GET', token })).body);

const bin = (kind: 'locations' | 'events' | 'services', id: number) =>
  market.pool.query(`UPDATE ${kind} SET deleted_at = now() WHERE id = $1`, [id]);

describe('what a visitor saved before signing in', () => {
  it('becomes a favourite once: what was saved stays, what is gone is dropped, and asking again changes nothing', async () => {
    const [first, second, third] = [
      await market.publish('locations'),
      await market.publish('services'),
      await market.publish('events'),
    ];
    const person = await market.person();
    const token = await market.tokenOf(person);
    const merge = async (listings: object[]) => {
      const { status, body } = await call(routes.merge, { token, body: { listings } });
      expect(status).toBe(200);
      return favoriteMergeAnswerSchema.parse(body);
    };
    expect(await merge([{ kind: 'events', listingId: third.id }])).toEqual({ added: 1, kept: 0, gone: 0 });
    await bin('services', second.id);
    const all = [
      { kind: 'locations', listingId: first.id },
      { kind: 'locations', listingId: first.id },
      { kind: 'services', listingId: second.id },
      { kind: 'events', listingId: third.id },
    ];
    expect(await merge(all)).toEqual({ added: 1, kept: 1, gone: 1 });
    expect(await merge(all)).toEqual({ added: 0, kept: 2, gone: 1 });
    expect((await marksOf(token)).favorites).toEqual([`locations:${first.id}`, `events:${third.id}`]);
    const { rows } = await market.pool.query(
      `SELECT count(*)::int AS counted FROM counter_outbox WHERE metric = 'favorites' AND listing_id = $1 AND kind = 'locations'`,
      [first.id],
    );
    expect(rows).toEqual([{ counted: 1 }]);
  });

  it('has an end, and belongs to who is signed in', async () => {
    const token = await market.tokenOf(await market.person());
    const many = Array.from({ length: 51 }, (_, index) => ({ kind: 'locations', listingId: index + 1 }));
    expect((await call(routes.merge, { token, body: { listings: many } })).status).toBe(400);
    expect((await call(routes.merge, { body: { listings: many.slice(0, 1) } })).status).toBe(401);
  });

  it('is shown as cards in the order it was asked for, without what is not public', async () => {
    const [first, second] = [await market.publish('locations'), await market.publish('events')];
    const gone = await market.publish('services');
    await bin('services', gone.id);
    const query = `?listings=events:${second.id},services:${gone.id},locations:${first.id},events:${second.id}`;
    const { items } = listingCardsSchema.parse((await call(routes.cards, { method: 'GET', query })).body);
    expect(items.map(({ kind, id }) => `${kind}:${id}`)).toEqual([`events:${second.id}`, `locations:${first.id}`]);
    for (const bad of ['', '?listings=', '?listings=boats:1', '?listings=events:x']) {
      expect((await call(routes.cards, { method: 'GET', query: bad })).status).toBe(400);
    }
  });
});

it('the messages that nobody has read yet are counted for their reader, who can tell whom they are from', async () => {
  const { id } = await market.publish('services');
  const client = await market.person();
  const { sendMessage } = await import('../src/collections/Messages/send');
  const conversation = { kind: 'services' as const, listingId: id, clientId: client.id };
  for (const text of ['One', 'Two']) {
    await sendMessage({ req: await market.requestOf(client), user: client, conversation, text });
  }
  const [reader, writer] = [await market.tokenOf(market.owner), await market.tokenOf(client)];
  expect((await marksOf(writer)).unreadMessages).toBe(0);
  expect((await marksOf(reader)).unreadMessages).toBe(2);
  const params = { conversationId: `services-${id}-${client.id}` };
  const otherIdFor = async (token: string) =>
    conversationMessagesSchema.parse((await call(routes.conversation, { method: 'GET', token, params })).body)
      .conversation.otherId;
  expect(await otherIdFor(reader)).toBe(client.id);
  expect(await otherIdFor(writer)).toBe(market.owner.id);
  await market.pool.query('UPDATE messages SET read_at = now() WHERE listing_id = $1', [id]);
  expect((await marksOf(reader)).unreadMessages).toBe(0);
});

it('reviews come in the order asked for, page by page, with the stars of all of them', async () => {
  const { id, slug } = await market.publish('locations');
  const authors = await market.crowd(12);
  const ratings = [3, 5, 1, 4, 5, 2, 5, 4, 3, 1, 5, 4];
  for (const [index, author] of authors.entries()) {
    await market.pool.query(
      `INSERT INTO reviews (kind, listing_id, author_id, rating, text, moderation_status, created_at, updated_at)
       VALUES ('locations', $1, $2, $3, 'Good enough for a test.', 'approved', now() - $4 * interval '1 hour', now())`,
      [id, author.id, ratings[index], index],
    );
  }
  const read = async (query: string) =>
    listingReviewsSchema.parse(
      (await call(routes.reviews, { method: 'GET', query, params: { kind: 'locations', slug: slug ?? '' } })).body,
    );
  const ratingsOf = async (query: string) => (await read(query)).items.map(({ rating }) => rating);
  expect(await ratingsOf('')).toEqual(ratings.slice(0, 10));
  expect(await ratingsOf('?sort=lowest')).toEqual([1, 1, 2, 3, 3, 4, 4, 4, 5, 5]);
  expect(await ratingsOf('?sort=highest')).toEqual([5, 5, 5, 5, 4, 4, 4, 3, 3, 2]);
  const last = await read('?sort=highest&page=2');
  expect(last.items.map(({ rating }) => rating)).toEqual([1, 1]);
  expect(last).toMatchObject({ total: 12, distribution: [2, 1, 2, 3, 4] });
  const { items } = await read('?sort=highest');
  const moments = items.slice(0, 4).map(({ writtenAt }) => writtenAt);
  expect(moments).toEqual(moments.toSorted().toReversed());
});
