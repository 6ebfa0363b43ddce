import { initTransaction, killTransaction } from 'payload';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Event, User } from '../src/payload-types';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';
import { call } from './payloadHarness';

let market: Market;
let book: typeof import('../src/collections/Bookings/book').book;
let silentContext: typeof import('../src/notifications/silence').silentContext;

beforeAll(async () => {
  market = await createMarket();
  ({ book } = await import('../src/collections/Bookings/book'));
  ({ silentContext } = await import('../src/notifications/silence'));
});
afterAll(() => market.dispose());
beforeEach(() => market.pool.query('DELETE FROM notification_outbox'));

const takePart = async (user: User, listingId: number) =>
  book({ req: await market.requestOf(user), user, input: { kind: 'events', listingId, seats: 1 } });

const save = async (user: User, listingId: number) =>
  market.payload.create({
    collection: 'favorites',
    data: { kind: 'events', listingId, user: user.id },
    context: silentContext,
  });

/** An event that one person takes part in, one has saved, and one both. */
const known = async (changes: Record<string, unknown> = {}) => {
  const event = await market.publish('events', changes);
  const [participant, saver, both] = [await market.person(), await market.person(), await market.person()];
  const booking = await takePart(participant, event.id);
  await takePart(both, event.id);
  await save(saver, event.id);
  await save(both, event.id);
  await save(market.owner, event.id);
  await market.takeMails();
  return { id: event.id, booking, audience: [participant.id, saver.id, both.id].toSorted((a, b) => a - b) };
};

const asStaff = (id: number, data: Partial<Event>) =>
  market.payload.update({ collection: 'events', id, data, ...as(market.moderator) });
const asOwner = (id: number, data: Partial<Event>) =>
  market.payload.update({ collection: 'events', id, data, ...as(market.owner) });

describe('a cancelled event', () => {
  it('is told to who takes part or has saved it, once, and its seats are given up', async () => {
    const { id, booking, audience } = await known();
    await asStaff(id, { cancelledAt: hoursFromNow(0) });
    expect(await market.takeMails()).toMatchObject([
      { type: 'event.cancelled', payload: { userIds: audience, event: { id, timeZone: 'Europe/Bucharest' } } },
    ]);
    expect(await market.payload.findByID({ collection: 'bookings', id: booking.id })).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'owner',
    });
    await asStaff(id, { summary: 'It is off, sadly.' });
    expect(await market.takeMails()).toEqual([]);
  });

  it('by its organizer is told when staff have approved it, not while it is a draft', async () => {
    const { id, audience } = await known();
    await asOwner(id, { cancelledAt: hoursFromNow(0) });
    await asOwner(id, { moderationStatus: 'pending' });
    expect((await market.takeMails()).map(({ type }) => type)).toEqual(['admin.listing.pending']);
    await asStaff(id, { moderationStatus: 'approved' });
    const mails = await market.takeMails();
    expect(mails.find(({ type }) => type === 'event.cancelled')?.payload).toMatchObject({ userIds: audience });
  });

  it('of 250 people makes a row for each hundred', async () => {
    const event = await market.publish('events', { capacity: null });
    const crowd = await market.crowd(250);
    await market.pool.query(
      `INSERT INTO favorites (kind, listing_id, user_id) SELECT 'events', $1, id FROM unnest($2::int[]) AS id`,
      [event.id, crowd.map(({ id }) => id)],
    );
    await asStaff(event.id, { cancelledAt: hoursFromNow(0) });
    const mails = await market.takeMails();
    const sizes = mails.map(({ payload }) => (payload['userIds'] as number[]).length);
    expect(sizes.toSorted()).toEqual([100, 100, 50]);
    expect(new Set(mails.flatMap(({ payload }) => payload['userIds'] as number[])).size).toBe(250);
  });
});

describe('an organizer who cancels', () => {
  const cancel = async (user: User, id: number, reason = 'The hall has no heating.') => {
    const { POST } = await import('../src/app/api/events/[id]/cancel/route');
    const route = { GET: POST, POST };
    return call(route, { token: await market.tokenOf(user), params: { id: String(id) }, body: { reason } });
  };

  it('is heard at once, with the reason, and a draft that is approved later doesn’t bring the event back', async () => {
    const { id, booking, audience } = await known();
    await asOwner(id, { title: 'A better title', moderationStatus: 'pending' });
    await market.takeMails();
    expect((await cancel(market.owner, id)).status).toBe(200);
    expect(await market.takeMails()).toMatchObject([
      { type: 'event.cancelled', payload: { userIds: audience, reason: 'The hall has no heating.' } },
    ]);
    const live = await market.payload.findByID({ collection: 'events', id });
    expect([live.status, live.title]).toEqual(['cancelled', expect.not.stringContaining('better')]);
    expect(await market.payload.findByID({ collection: 'bookings', id: booking.id })).toMatchObject({
      status: 'cancelled',
    });
    await asStaff(id, { moderationStatus: 'approved' });
    expect(await market.payload.findByID({ collection: 'events', id })).toMatchObject({
      status: 'cancelled',
      title: 'A better title',
    });
    expect((await market.takeMails()).map(({ type }) => type)).toEqual(['listing.approved']);
  });

  it('does so once, before its end, and with an event of their own', async () => {
    const { id } = await known();
    expect((await cancel(await market.person(), id)).status).toBe(404);
    const answers = await Promise.all([cancel(market.owner, id), cancel(market.owner, id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await market.takeMails()).toHaveLength(1);
    const past = await market.publish('events', { startsAt: hoursFromNow(-5), endsAt: hoursFromNow(-1) });
    expect((await cancel(market.owner, past.id)).status).toBe(409);
  });
});

describe('a moved event', () => {
  it('is told with what it was before, and the seats move with it', async () => {
    const { id, booking, audience } = await known();
    const startsAt = hoursFromNow(72);
    const endsAt = hoursFromNow(75);
    await asStaff(id, { startsAt, endsAt });
    expect(await market.takeMails()).toMatchObject([
      {
        type: 'event.moved',
        payload: {
          userIds: audience,
          event: { id, place: 'Strada Lungă 5, Iași' },
          before: { place: 'Strada Lungă 5, Iași', timeZone: 'Europe/Bucharest' },
        },
      },
    ]);
    expect(await market.payload.findByID({ collection: 'bookings', id: booking.id })).toMatchObject({
      startsAt,
      endsAt,
      status: 'confirmed',
    });
  });

  it('to the longest address there is can be told', async () => {
    const { id: city } = await market.payload.create({
      collection: 'cities',
      data: { name: 'L'.repeat(100), slug: 'long', country: 'Romania', timeZone: 'Europe/Bucharest' },
    });
    const { id } = await known({ city });
    await asStaff(id, { address: 'x'.repeat(200) });
    const [mail] = await market.takeMails();
    expect(mail?.payload).toMatchObject({ event: { place: expect.stringMatching(/^x{200}, L{98}$/) } });
  });

  it('to another place is told too; another summary is not', async () => {
    const { id } = await known();
    await asStaff(id, { summary: 'With an interval.' });
    expect(await market.takeMails()).toEqual([]);
    await asStaff(id, { address: 'Piața Unirii 1' });
    expect(await market.takeMails()).toMatchObject([
      { type: 'event.moved', payload: { event: { place: 'Piața Unirii 1, Iași' } } },
    ]);
  });
});

describe('nobody is told', () => {
  it('of a draft, a restored version, the seed, or what is rolled back', async () => {
    const { id } = await known();
    const moved = { startsAt: hoursFromNow(90), endsAt: hoursFromNow(95) };
    await asOwner(id, moved);
    await market.payload.update({ collection: 'events', id, data: moved, context: silentContext });
    const { docs } = await market.payload.findVersions({
      collection: 'events',
      where: { parent: { equals: id }, 'version._status': { equals: 'published' } },
      sort: 'createdAt',
    });
    await market.payload.restoreVersion({ collection: 'events', id: docs[0]?.id ?? '', ...as(market.moderator) });
    const req = await market.requestOf(market.moderator);
    await initTransaction(req);
    await market.payload.update({ collection: 'events', id, data: { cancelledAt: hoursFromNow(0) }, req });
    await killTransaction(req);
    expect((await market.takeMails()).map(({ type }) => type)).toEqual([]);
  });
});

describe('a listing that staff recommend', () => {
  it('is told to its owner once for each time', async () => {
    const { id } = await market.publish('services');
    const tier = (to: 'recommended' | 'standard') =>
      market.payload.update({ collection: 'services', id, data: { tier: to }, ...as(market.moderator) });
    await tier('recommended');
    expect(await market.takeMails()).toMatchObject([
      { type: 'listing.recommended', payload: { ownerId: market.owner.id, listing: { kind: 'services', id } } },
    ]);
    await tier('recommended');
    await tier('standard');
    expect(await market.takeMails()).toEqual([]);
    await tier('recommended');
    expect(await market.takeMails()).toHaveLength(1);
  });

  it('that staff give to somebody else takes its bookings along', async () => {
    const hall = await market.publish('locations');
    const booking = await book({
      req: await market.requestOf(market.client),
      user: market.client,
      input: {
        kind: 'locations',
        listingId: hall.id,
        seats: 1,
        startsAt: new Date(hoursFromNow(5)),
        endsAt: new Date(hoursFromNow(6)),
      },
    });
    const heir = await market.person(['host']);
    await market.payload.update({
      collection: 'locations',
      id: hall.id,
      data: { owner: heir.id },
      ...as(market.moderator),
    });
    expect(await market.payload.findByID({ collection: 'bookings', id: booking.id, depth: 0 })).toMatchObject({
      owner: heir.id,
    });
  });
});
