import {
  conversationMessagesSchema,
  conversationsSchema,
  favoriteAnswerSchema,
  messageAnswerSchema,
  ownFavoritesSchema,
} from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { initTransaction, killTransaction } from 'payload';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { createMarket, humanForm, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;
let sendMessage: typeof import('../src/collections/Messages/send').sendMessage;
let toggleFavorite: typeof import('../src/collections/Favorites/toggle').toggleFavorite;

const loadRoutes = async () => ({
  send: await import('../src/app/api/messages/route'),
  conversations: await import('../src/app/api/account/messages/route'),
  messages: await import('../src/app/api/account/messages/[conversationId]/route'),
  read: await import('../src/app/api/account/messages/[conversationId]/read/route'),
  toggle: await import('../src/app/api/favorites/toggle/route'),
  favorites: await import('../src/app/api/account/favorites/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
  ({ sendMessage } = await import('../src/collections/Messages/send'));
  ({ toggleFavorite } = await import('../src/collections/Favorites/toggle'));
});
afterAll(() => market.dispose());
beforeEach(async () => {
  await market.pool.query('DELETE FROM notification_outbox');
  await market.pool.query('DELETE FROM counter_outbox');
});

const codeOf = (body: unknown): string => errorAnswerSchema.parse(body).error.code;

const say = async (user: User, listingId: number, text: string, clientId = user.id) =>
  sendMessage({
    req: await market.requestOf(user),
    user,
    conversation: { kind: 'services', listingId, clientId },
    text,
  });

const waiting = async () => {
  const { rows } = await market.pool.query<{ messages: number; excerpt: string; waits_s: number | null; to: number }>(
    `SELECT (payload->>'messages')::int AS messages, payload->>'excerpt' AS excerpt,
            (payload->>'recipientId')::int AS "to",
            round(extract(epoch FROM not_before - created_at))::int AS waits_s
     FROM notification_outbox WHERE type = 'message.new' ORDER BY created_at`,
  );
  return rows;
};

/** As the relay and the clock do: what waited is on its way, and that many minutes ago. */
const minutesPass = async (minutes: number) => {
  await market.pool.query(
    `UPDATE notification_outbox SET status = 'relayed', created_at = created_at - make_interval(mins => $1),
            not_before = not_before - make_interval(mins => $1)`,
    [minutes],
  );
};

describe('a message', () => {
  it('is told at once to the other party, and what follows before that mail has left goes with it', async () => {
    const { id } = await market.publish('services');
    await say(market.client, id, 'Are you free in May?');
    expect(await waiting()).toEqual([
      { messages: 1, excerpt: 'Are you free in May?', waits_s: null, to: market.owner.id },
    ]);
    await say(market.client, id, 'Or in June?');
    expect(await waiting()).toEqual([{ messages: 2, excerpt: 'Or in June?', waits_s: null, to: market.owner.id }]);
  });

  it('is told ten minutes after the last mail at the earliest, with all that came meanwhile', async () => {
    const { id } = await market.publish('services');
    await say(market.client, id, 'one');
    await minutesPass(3);
    await say(market.client, id, 'two');
    await say(market.client, id, 'three');
    expect(await waiting()).toMatchObject([
      { messages: 1, waits_s: null },
      { messages: 2, excerpt: 'three', waits_s: 420 },
    ]);
    await minutesPass(20);
    await say(market.client, id, 'four');
    expect(await waiting()).toMatchObject([{ messages: 1 }, { messages: 2 }, { excerpt: 'four', waits_s: null }]);
  });

  it('of twenty at once makes one mail', async () => {
    const { id } = await market.publish('services');
    await Promise.all(Array.from({ length: 20 }, (_, index) => say(market.client, id, `and ${index}`)));
    expect(await waiting()).toMatchObject([{ messages: 20 }]);
  });

  it('and its answer are told each to who did not write it', async () => {
    const { id } = await market.publish('services');
    await say(market.client, id, 'Hello?');
    await say(market.owner, id, 'Hello!', market.client.id);
    expect((await waiting()).map(({ to }) => to)).toEqual([market.owner.id, market.client.id]);
  });

  it('that is rolled back tells nobody, and one that is announced twice counts once', async () => {
    const { id } = await market.publish('services');
    const req = await market.requestOf(market.client);
    await initTransaction(req);
    const conversation = { kind: 'services' as const, listingId: id, clientId: market.client.id };
    await sendMessage({ req, user: market.client, conversation, text: 'never said' });
    await killTransaction(req);
    expect(await waiting()).toEqual([]);

    const message = await say(market.client, id, 'said');
    const { notifyMessage } = await import('../src/collections/Messages/hooks/afterChange/notifyMessage');
    await notifyMessage({
      doc: message,
      data: {},
      previousDoc: message,
      operation: 'create',
      req: await market.requestOf(market.client),
      context: {},
      collection: market.payload.collections.messages.config,
    });
    expect(await waiting()).toMatchObject([{ messages: 1 }]);
  });

  it('can’t be written into other people’s conversations, nor begun by an owner or with oneself', async () => {
    const { id } = await market.publish('services');
    const stranger = await market.person();
    const notFound = { code: 'not-found' };
    await expect(say(stranger, id, 'x', market.client.id)).rejects.toMatchObject(notFound);
    await expect(say(market.owner, id, 'x', stranger.id)).rejects.toMatchObject(notFound);
    await expect(say(market.owner, id, 'x')).rejects.toMatchObject({ code: 'forbidden' });
    const { id: nobodys } = await market.publish('services', { owner: null, claimStatus: 'unclaimed' });
    await expect(say(stranger, nobodys, 'x')).rejects.toMatchObject({ code: 'conflict' });
    const { id: hidden } = await market.publish('services', { moderationStatus: 'draft', _status: 'draft' });
    await expect(say(stranger, hidden, 'x')).rejects.toMatchObject(notFound);
    expect(await waiting()).toEqual([]);
  });

  it('is sent and read over HTTP by its two parties alone', async () => {
    const listing = await market.publish('services');
    const [clientToken, ownerToken] = [await market.tokenOf(market.client), await market.tokenOf(market.owner)];
    const sent = await call(routes.send, {
      token: clientToken,
      body: { kind: 'services', listingId: listing.id, text: 'Do you bring plates?', form: humanForm() },
    });
    expect(sent.status).toBe(201);
    const { conversationId } = messageAnswerSchema.parse(sent.body);
    const list = async () =>
      conversationsSchema.parse((await call(routes.conversations, { method: 'GET', token: ownerToken })).body).items;
    expect((await list())[0]).toMatchObject({
      conversationId,
      as: 'owner',
      otherName: 'Cleo Client',
      lastText: 'Do you bring plates?',
      unread: 1,
    });
    const params = { conversationId };
    expect((await call(routes.read, { token: ownerToken, params })).status).toBe(200);
    expect((await list())[0]).toMatchObject({ unread: 0 });
    const read = conversationMessagesSchema.parse(
      (await call(routes.messages, { method: 'GET', token: clientToken, params })).body,
    );
    expect(read.items).toMatchObject([{ isOwn: true, text: 'Do you bring plates?', readAt: expect.any(String) }]);
    const stranger = await market.tokenOf(await market.person());
    const theirs = await call(routes.messages, { method: 'GET', token: stranger, params });
    expect([theirs.status, codeOf(theirs.body)]).toEqual([404, 'not-found']);
  });
});

describe('a favourite', () => {
  const counted = async () =>
    (await market.pool.query('SELECT metric, listing_id::int AS id FROM counter_outbox')).rows;

  it('is saved and let go, counts once a day, and is mailed by the digest alone', async () => {
    const listing = await market.publish('locations');
    const token = await market.tokenOf(market.client);
    const body = { kind: 'locations', listingId: listing.id };
    const toggle = async (changes = {}) =>
      favoriteAnswerSchema.parse((await call(routes.toggle, { token, body: { ...body, ...changes } })).body).favorite;
    expect([await toggle(), await toggle(), await toggle()]).toEqual([true, false, true]);
    expect(await toggle({ favorite: true })).toBe(true);
    expect(await counted()).toEqual([{ metric: 'favorites', id: listing.id }]);
    expect(await market.takeMails()).toEqual([]);
    const own = ownFavoritesSchema.parse((await call(routes.favorites, { method: 'GET', token })).body);
    expect(own.items).toMatchObject([{ listing: { slug: listing.slug } }]);
    const today = new Date().toISOString().slice(0, 10);
    const { rows } = await market.pool.query(
      'SELECT favorites, total, owner_id FROM worker_listing_favorites_of_day($1) WHERE listing_id = $2',
      [today, listing.id],
    );
    expect(rows).toEqual([{ favorites: 1, total: 1, owner_id: market.owner.id }]);
  });

  it('by ten clicks at once is saved once', async () => {
    const { id } = await market.publish('locations');
    const results = await Promise.all(
      Array.from({ length: 10 }, async () =>
        toggleFavorite({
          req: await market.requestOf(market.client),
          user: market.client,
          listing: { kind: 'locations', id },
          wanted: true,
        }),
      ),
    );
    expect(results).toEqual(Array.from({ length: 10 }, () => true));
    const { totalDocs } = await market.payload.count({ collection: 'favorites', where: { listingId: { equals: id } } });
    expect(totalDocs).toBe(1);
    expect(await counted()).toHaveLength(1);
  });

  it('of what is not public is refused', async () => {
    const { id } = await market.publish('locations', { moderationStatus: 'draft', _status: 'draft' });
    const answer = await call(routes.toggle, {
      token: await market.tokenOf(market.client),
      body: { kind: 'locations', listingId: id },
    });
    expect([answer.status, codeOf(answer.body)]).toEqual([404, 'not-found']);
  });
});
