import { bookingSchema, ownBookingsSchema } from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { commitTransaction, initTransaction, killTransaction } from 'payload';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Booking, User } from '../src/payload-types';
import { createMarket, hoursFromNow, humanForm, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;
let bookings: typeof import('../src/collections/Bookings/book');
let silentContext: typeof import('../src/notifications/silence').silentContext;

const loadRoutes = async () => ({
  create: await import('../src/app/api/bookings/route'),
  block: await import('../src/app/api/bookings/block/route'),
  decide: await import('../src/app/api/bookings/[id]/decide/route'),
  cancel: await import('../src/app/api/bookings/[id]/cancel/route'),
  own: await import('../src/app/api/account/bookings/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
  bookings = await import('../src/collections/Bookings/book');
  ({ silentContext } = await import('../src/notifications/silence'));
});
afterAll(() => market.dispose());
beforeEach(async () => {
  await market.pool.query('DELETE FROM notification_outbox');
  await market.pool.query('DELETE FROM counter_outbox');
});

const codeOf = (body: unknown): string => errorAnswerSchema.parse(body).error.code;
const counted = async () =>
  (await market.pool.query('SELECT kind, listing_id::int AS id, metric FROM counter_outbox ORDER BY 1, 2')).rows;

const seatsTaken = async (eventId: number): Promise<number> => {
  const { rows } = await market.pool.query<{ seats: number }>(
    `SELECT coalesce(sum(seats), 0)::int AS seats FROM bookings
     WHERE kind = 'events' AND listing_id = $1 AND status = 'confirmed'`,
    [eventId],
  );
  return rows[0]?.seats ?? -1;
};

const takePart = async (user: User, listingId: number, seats = 1): Promise<Booking> =>
  bookings.book({ req: await market.requestOf(user), user, input: { kind: 'events', listingId, seats } });

const askFor = async (user: User, listingId: number, [from, to]: [number, number]): Promise<Booking> =>
  bookings.book({
    req: await market.requestOf(user),
    user,
    input: {
      kind: 'locations',
      listingId,
      seats: 1,
      startsAt: new Date(hoursFromNow(from)),
      endsAt: new Date(hoursFromNow(to)),
    },
  });

const move = async (user: User, id: number, to: 'confirmed' | 'declined' | 'cancelled', reason = '') =>
  bookings.moveBooking({ req: await market.requestOf(user), id, to, reason });

/** How many of these came true; the others must be conflicts. */
const wins = async (attempts: Promise<unknown>[]): Promise<number> => {
  const results = await Promise.allSettled(attempts);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
  }
  return results.filter(({ status }) => status === 'fulfilled').length;
};

describe('an event', () => {
  it('never gives away more seats than it has, however many ask at once', async () => {
    const event = await market.publish('events', { capacity: 20 });
    const people = await market.crowd(50);
    expect(await wins(people.map((person) => takePart(person, event.id)))).toBe(20);
    expect(await seatsTaken(event.id)).toBe(20);
    expect((await market.takeMails()).filter(({ type }) => type === 'event.participation.confirmed')).toHaveLength(20);
    expect(await counted()).toHaveLength(20);
  });

  it('gives several seats at once, or none', async () => {
    const event = await market.publish('events', { capacity: 5 });
    await takePart(await market.person(), event.id, 3);
    await expect(takePart(await market.person(), event.id, 3)).rejects.toMatchObject({ code: 'conflict' });
    await takePart(await market.person(), event.id, 2);
    expect(await seatsTaken(event.id)).toBe(5);
  });

  it('without a capacity takes everybody', async () => {
    const event = await market.publish('events', { capacity: null });
    await takePart(market.client, event.id, 900);
    expect(await seatsTaken(event.id)).toBe(900);
  });

  it('gives a seat back that is cancelled, and tells the organizer', async () => {
    const event = await market.publish('events', { capacity: 1 });
    const first = await takePart(market.client, event.id);
    await expect(takePart(await market.person(), event.id)).rejects.toMatchObject({ code: 'conflict' });
    await market.takeMails();
    await move(market.client, first.id, 'cancelled', 'I have caught a cold.');
    expect(await market.takeMails()).toMatchObject([
      {
        type: 'booking.cancelled',
        payload: {
          recipientId: market.owner.id,
          cancelledBy: 'client',
          cancelledByName: 'Cleo Client',
          reason: 'I have caught a cold.',
          booking: { id: first.id, seats: 1, period: { timeZone: 'Europe/Bucharest' } },
        },
      },
    ]);
    await takePart(await market.person(), event.id);
    expect(await seatsTaken(event.id)).toBe(1);
  });

  it('has one participation of each person, also when they click twice', async () => {
    const event = await market.publish('events');
    const person = await market.person();
    expect(await wins([takePart(person, event.id), takePart(person, event.id)])).toBe(1);
    expect(await seatsTaken(event.id)).toBe(1);
  });

  it.each([
    ['has begun', { startsAt: hoursFromNow(-1), endsAt: hoursFromNow(1) }, 'conflict'],
    ['is cancelled', { cancelledAt: hoursFromNow(-1) }, 'conflict'],
    ['is not public', { moderationStatus: 'pending', _status: 'draft' }, 'not-found'],
    ['belongs to nobody', { owner: null, claimStatus: 'unclaimed' }, 'conflict'],
  ])('that %s takes nobody', async (_what, changes, code) => {
    const event = await market.publish('events', changes);
    await expect(takePart(market.client, event.id)).rejects.toMatchObject({ code });
  });

  it('is not booked by its own organizer', async () => {
    const event = await market.publish('events');
    await expect(takePart(market.owner, event.id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('can’t have fewer places than are taken: by Payload, which says how many, nor by SQL', async () => {
    const event = await market.publish('events', { capacity: 5 });
    await takePart(market.client, event.id, 4);
    const shrink = (capacity: number) =>
      market.payload.update({ collection: 'events', id: event.id, data: { capacity } });
    await expect(shrink(3)).rejects.toThrow(/invalid: .*/);
    await expect(market.pool.query('UPDATE events SET capacity = 3 WHERE id = $1', [event.id])).rejects.toMatchObject({
      constraint: 'events_capacity',
    });
    await shrink(4);
  });

  it('holds its capacity against SQL too', async () => {
    const event = await market.publish('events', { capacity: 1 });
    await takePart(market.client, event.id);
    const insert = market.pool.query(
      `INSERT INTO bookings (kind, listing_id, type, status, client_id, seats, starts_at, ends_at, time_zone)
       VALUES ('events', $1, 'participation', 'confirmed', $2, 1, now(), now() + interval '1 hour', 'UTC')`,
      [event.id, market.moderator.id],
    );
    await expect(insert).rejects.toMatchObject({ constraint: 'bookings_capacity' });
  });
});

describe('a location', () => {
  it('is asked for, confirmed by its owner alone, and both are told once', async () => {
    const hall = await market.publish('locations');
    const booking = await askFor(market.client, hall.id, [24, 48]);
    expect(booking).toMatchObject({
      status: 'requested',
      timeZone: 'Europe/Bucharest',
      price: { amountMinor: 5_000, currency: 'EUR', unit: 'day', totalMinor: 5_000 },
    });
    expect(await market.takeMails()).toMatchObject([
      { type: 'booking.requested', payload: { ownerId: market.owner.id, clientName: 'Cleo Client', note: '' } },
    ]);
    expect(await counted()).toEqual([{ kind: 'locations', id: hall.id, metric: 'bookings' }]);
    await expect(move(market.client, booking.id, 'confirmed')).rejects.toMatchObject({ status: 409 });
    await expect(move(await market.person(), booking.id, 'confirmed')).rejects.toMatchObject({ code: 'not-found' });
    const confirmed = await move(market.owner, booking.id, 'confirmed');
    expect(confirmed.status).toBe('confirmed');
    expect(await market.takeMails()).toMatchObject([
      { type: 'booking.confirmed', payload: { clientId: market.client.id, booking: { id: booking.id, seats: null } } },
    ]);
  });

  it('is confirmed to one of fifty who ask for overlapping times and are confirmed at once', async () => {
    const hall = await market.publish('locations');
    const people = await market.crowd(50);
    const asked = await Promise.all(people.map((person, index) => askFor(person, hall.id, [100 + index / 10, 110])));
    await market.takeMails();
    expect(await wins(asked.map(({ id }) => move(market.owner, id, 'confirmed')))).toBe(1);
    expect((await market.takeMails()).map(({ type }) => type)).toEqual(['booking.confirmed']);
  });

  it('is free again from the minute that another booking ends, and when one is cancelled', async () => {
    const hall = await market.publish('locations');
    const first = await askFor(market.client, hall.id, [24, 48]);
    await move(market.owner, first.id, 'confirmed');
    const { endsAt } = first;
    const next = await bookings.book({
      req: await market.requestOf(market.client),
      user: market.client,
      input: {
        kind: 'locations',
        listingId: hall.id,
        seats: 1,
        startsAt: new Date(endsAt),
        endsAt: new Date(hoursFromNow(60)),
      },
    });
    await move(market.owner, next.id, 'confirmed');
    await expect(askFor(market.client, hall.id, [47, 49])).rejects.toMatchObject({ code: 'conflict' });
    await move(market.owner, first.id, 'cancelled');
    await askFor(market.client, hall.id, [24, 47]);
  });

  it('is not asked for twice by the same person, but by another', async () => {
    const hall = await market.publish('locations');
    await askFor(market.client, hall.id, [24, 48]);
    await expect(askFor(market.client, hall.id, [30, 50])).rejects.toThrow('asked for that time already');
    await askFor(await market.person(), hall.id, [30, 50]);
  });

  it('is kept free by its owner: nobody books that time, and nobody is told', async () => {
    const hall = await market.publish('locations');
    const input = {
      kind: 'locations' as const,
      listingId: hall.id,
      seats: 1,
      startsAt: new Date(hoursFromNow(24)),
      endsAt: new Date(hoursFromNow(72)),
    };
    const requested = await askFor(market.client, hall.id, [30, 40]);
    await market.takeMails();
    const block = await bookings.blockTime({ req: await market.requestOf(market.owner), user: market.owner, input });
    await expect(move(market.owner, requested.id, 'confirmed')).rejects.toMatchObject({ code: 'conflict' });
    await expect(askFor(market.client, hall.id, [70, 80])).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      bookings.blockTime({ req: await market.requestOf(market.client), user: market.client, input }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await move(market.owner, block.id, 'cancelled');
    await move(market.owner, requested.id, 'confirmed');
    expect((await market.takeMails()).map(({ type }) => type)).toEqual(['booking.confirmed']);
  });

  it('of a confirmation and a cancellation at once has one', async () => {
    const hall = await market.publish('locations');
    for (let round = 0; round < 5; round += 1) {
      const booking = await askFor(market.client, hall.id, [200 + round * 10, 205 + round * 10]);
      await market.takeMails();
      await Promise.allSettled([
        move(market.owner, booking.id, 'declined'),
        move(market.client, booking.id, 'cancelled'),
      ]);
      const mails = (await market.takeMails()).map(({ type }) => type);
      const after = await market.payload.findByID({ collection: 'bookings', id: booking.id });
      expect(mails).toEqual([after.status === 'declined' ? 'booking.declined' : 'booking.cancelled']);
    }
  });
});

describe('what sends nothing', () => {
  it('a booking that is rolled back: no mail, no count', async () => {
    const event = await market.publish('events');
    const req = await market.requestOf(market.client);
    await initTransaction(req);
    await bookings.book({ req, user: market.client, input: { kind: 'events', listingId: event.id, seats: 1 } });
    await killTransaction(req);
    expect(await market.takeMails()).toEqual([]);
    expect(await counted()).toEqual([]);
    expect(await seatsTaken(event.id)).toBe(0);
  });

  it('a save that changes nothing, and one of the seed', async () => {
    const event = await market.publish('events');
    const booking = await takePart(market.client, event.id);
    await market.takeMails();
    await market.payload.update({ collection: 'bookings', id: booking.id, data: { status: 'confirmed' } });
    await market.payload.update({
      collection: 'bookings',
      id: booking.id,
      data: { status: 'cancelled' },
      context: silentContext,
    });
    expect(await market.takeMails()).toEqual([]);
  });

  it('a hook that runs twice for one transition writes once', async () => {
    const event = await market.publish('events');
    const booking = await takePart(market.client, event.id);
    const { notifyParticipationConfirmed } = await import(
      '../src/collections/Bookings/hooks/afterChange/notifyParticipationConfirmed'
    );
    const { countBooking } = await import('../src/collections/Bookings/hooks/afterChange/countBooking');
    const req = await market.requestOf(market.client);
    await initTransaction(req);
    const again = {
      doc: booking,
      data: {},
      previousDoc: {} as Booking,
      operation: 'create' as const,
      req,
      context: {},
      collection: market.payload.collections.bookings.config,
    };
    await notifyParticipationConfirmed(again);
    await countBooking(again);
    await commitTransaction(req);
    expect(await market.takeMails()).toHaveLength(1);
    expect(await counted()).toHaveLength(1);
  });
});

describe('the worker’s clock', () => {
  it('completes what is over and marks the review of who was there', async () => {
    const event = await market.publish('events');
    const booking = await takePart(market.client, event.id);
    await market.payload.create({
      collection: 'reviews',
      data: {
        kind: 'events',
        listingId: event.id,
        author: market.client.id,
        rating: 5,
        text: 'Before it has even begun.',
        moderationStatus: 'approved',
      },
      context: silentContext,
    });
    const { rows } = await market.pool.query('SELECT worker_complete_bookings($1) AS ended', [hoursFromNow(50)]);
    expect(rows[0].ended).toBeGreaterThanOrEqual(1);
    expect(await market.payload.findByID({ collection: 'bookings', id: booking.id })).toMatchObject({
      status: 'completed',
    });
    const { docs } = await market.payload.find({
      collection: 'reviews',
      where: { listingId: { equals: event.id }, kind: { equals: 'events' } },
    });
    expect(docs).toMatchObject([{ verified: true }]);
  });
});

describe('a request that nobody decides', () => {
  it('is over when its time comes', async () => {
    const hall = await market.publish('locations');
    const soon = await askFor(market.client, hall.id, [10, 12]);
    const later = await askFor(market.client, hall.id, [30, 32]);
    await market.pool.query('SELECT worker_expire_requests($1)', [hoursFromNow(11)]);
    const statusOf = async ({ id }: Booking) => (await market.payload.findByID({ collection: 'bookings', id })).status;
    expect([await statusOf(soon), await statusOf(later)]).toEqual(['cancelled', 'requested']);
  });
});

describe('over HTTP', () => {
  it('books, is decided, is read by both sides and nobody else', async () => {
    const hall = await market.publish('locations');
    const [clientToken, ownerToken] = [await market.tokenOf(market.client), await market.tokenOf(market.owner)];
    const made = await call(routes.create, {
      token: clientToken,
      body: {
        kind: 'locations',
        listingId: hall.id,
        startsAt: hoursFromNow(24),
        endsAt: hoursFromNow(30),
        note: 'With a piano?\r\n\u0007',
        form: humanForm(),
      },
    });
    expect(made.status).toBe(201);
    const { id, note } = bookingSchema.parse(made.body);
    expect(note).toBe('With a piano?');
    const params = { id: String(id) };
    const decided = await call(routes.decide, {
      token: ownerToken,
      params,
      body: { decision: 'declined', reason: 'Being painted.' },
    });
    expect(bookingSchema.parse(decided.body)).toMatchObject({ status: 'declined', reason: 'Being painted.' });
    const again = await call(routes.cancel, { token: clientToken, params, body: {} });
    expect([again.status, codeOf(again.body)]).toEqual([409, 'conflict']);
    const own = ownBookingsSchema.parse((await call(routes.own, { method: 'GET', token: clientToken })).body);
    expect(own.items.find((item) => item.id === id)).toMatchObject({
      as: 'client',
      otherName: 'Olga Owner',
      listing: { slug: hall.slug },
    });
    const owned = ownBookingsSchema.parse((await call(routes.own, { method: 'GET', token: ownerToken })).body);
    expect(owned.items.find((item) => item.id === id)).toMatchObject({ as: 'owner', otherName: 'Cleo Client' });
    const stranger = await market.tokenOf(await market.person());
    const theirs = ownBookingsSchema.parse((await call(routes.own, { method: 'GET', token: stranger })).body);
    expect(theirs.items).toEqual([]);
  });

  it('leaves Payload’s own routes of the collection where the admin looks for them', async () => {
    const event = await market.publish('events');
    const booking = await takePart(market.client, event.id);
    const list = async (user: User) => {
      const url = `http://localhost:3001/api/bookings?where[id][equals]=${booking.id}&depth=0`;
      const headers = { Authorization: `JWT ${await market.tokenOf(user)}` };
      const answer = await routes.create.GET(new Request(url, { headers }), { params: Promise.resolve({}) });
      return answer.json();
    };
    expect(await list(market.admin)).toMatchObject({ totalDocs: 1, docs: [{ id: booking.id }] });
    expect(await list(await market.person())).toMatchObject({ totalDocs: 0 });
  });

  it.each([
    ['without an account', false, { form: humanForm() }, 401, 'unauthenticated'],
    ['without a form that a person had open', true, { form: { stamp: 'x' } }, 400, 'not-human'],
    ['with the hidden field filled in', true, { form: { ...humanForm(), homepage: 'x' } }, 400, 'not-human'],
    ['for no seats', true, { form: humanForm(), seats: 0 }, 400, 'invalid-input'],
    ['with a novel', true, { form: humanForm(), note: 'x'.repeat(20_000) }, 413, 'body-too-large'],
  ])('%s nothing is booked', async (_what, signedIn, changes, status, code) => {
    const event = await market.publish('events');
    const answer = await call(routes.create, {
      ...(signedIn ? { token: await market.tokenOf(market.client) } : {}),
      body: { kind: 'events', listingId: event.id, ...changes },
    });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
    expect(await seatsTaken(event.id)).toBe(0);
  });
});
