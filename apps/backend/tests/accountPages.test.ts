import {
  accountSettingsSchema,
  availabilitySchema,
  favoriteCardsSchema,
  listingOfMineSchema,
  listingReviewsSchema,
} from '@convene/common/api';
import { errorAnswerSchema } from '@convene/common/errors';
import { optionalCategories } from '@convene/common/notifications';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarket, hoursFromNow, humanForm, type Market } from './marketFixture';
import { call, PASSWORD } from './payloadHarness';

let market: Market;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  availability: await import('../src/app/api/listings/[kind]/[slug]/availability/route'),
  mine: await import('../src/app/api/listings/[kind]/[slug]/mine/route'),
  reviews: await import('../src/app/api/listings/[kind]/[slug]/reviews/route'),
  bookings: await import('../src/app/api/bookings/route'),
  writeReview: await import('../src/app/api/reviews/route'),
  toggle: await import('../src/app/api/favorites/toggle/route'),
  favorites: await import('../src/app/api/account/favorites/route'),
  settings: await import('../src/app/api/account/settings/route'),
  profile: await import('../src/app/api/account/profile/route'),
  password: await import('../src/app/api/account/password/route'),
});

beforeAll(async () => {
  market = await createMarket();
  routes = await loadRoutes();
});
afterAll(() => market.dispose());

const at = (kind: string, slug: string | null | undefined) => ({ kind, slug: slug ?? '' });
const errorOf = (body: unknown) => errorAnswerSchema.parse(body).error;

describe('what a listing’s page asks', () => {
  it('tells the free seats, whether one takes part, and why another seat is refused', async () => {
    const event = await market.publish('events', { capacity: 3 });
    const params = at('events', event.slug);
    const token = await market.tokenOf(market.client);
    const book = (seats: number) =>
      call(routes.bookings, {
        method: 'POST',
        token,
        body: { kind: 'events', listingId: event.id, seats, form: humanForm() },
      });
    expect(errorOf((await book(4)).body)).toMatchObject({ code: 'conflict', reason: 'no-seats' });
    expect((await book(2)).status).toBe(201);
    expect(errorOf((await book(1)).body)).toMatchObject({ code: 'conflict', reason: 'takes-part' });
    const seen = await call(routes.availability, { method: 'GET', params });
    expect(availabilitySchema.parse(seen.body)).toMatchObject({ hasOwner: true, seatsLeft: 1, taken: [] });
    const mine = await call(routes.mine, { method: 'GET', token, params });
    expect(listingOfMineSchema.parse(mine.body)).toMatchObject({
      isOwner: false,
      favorite: false,
      participation: expect.any(Number),
    });
    expect((await call(routes.mine, { method: 'GET', params })).status).toBe(401);
    expect((await call(routes.availability, { method: 'GET', params: at('events', 'nowhere') })).status).toBe(404);
  });

  it('tells which times are taken, and refuses them by name', async () => {
    const location = await market.publish('locations');
    const [startsAt, endsAt] = [hoursFromNow(24), hoursFromNow(26)];
    await market.payload.create({
      collection: 'bookings',
      data: {
        kind: 'locations',
        listingId: location.id,
        type: 'block',
        status: 'confirmed',
        owner: market.owner.id,
        seats: 1,
        startsAt,
        endsAt,
        timeZone: 'Europe/Bucharest',
      },
    });
    const seen = await call(routes.availability, { method: 'GET', params: at('locations', location.slug) });
    const { taken, seatsLeft, timeZone } = availabilitySchema.parse(seen.body);
    expect({ timeZone, seatsLeft, times: taken.map((time) => new Date(time.startsAt).toISOString()) }).toEqual({
      timeZone: 'Europe/Bucharest',
      seatsLeft: null,
      times: [startsAt],
    });
    const refused = await call(routes.bookings, {
      method: 'POST',
      token: await market.tokenOf(market.client),
      body: { kind: 'locations', listingId: location.id, startsAt, endsAt, form: humanForm() },
    });
    expect(errorOf(refused.body)).toMatchObject({ code: 'conflict', reason: 'time-taken' });
  });

  it('counts the stars of approved reviews, and shows the writer their own that waits', async () => {
    const service = await market.publish('services');
    const params = at('services', service.slug);
    for (const rating of [5, 5, 3]) {
      const [{ id: author } = market.client] = await market.crowd(1);
      await market.payload.create({
        collection: 'reviews',
        data: {
          kind: 'services',
          listingId: service.id,
          author,
          rating,
          text: 'On time, as agreed.',
          moderationStatus: 'approved',
        },
      });
    }
    const token = await market.tokenOf(market.client);
    const body = { kind: 'services', listingId: service.id, rating: 1, text: 'Came a day late.', form: humanForm() };
    await call(routes.writeReview, { method: 'POST', token, body });
    const list = listingReviewsSchema.parse((await call(routes.reviews, { method: 'GET', params })).body);
    expect(list).toMatchObject({ total: 3, distribution: [0, 0, 1, 0, 2] });
    const mine = listingOfMineSchema.parse((await call(routes.mine, { method: 'GET', token, params })).body);
    expect(mine.review).toEqual({ rating: 1, text: 'Came a day late.', moderationStatus: 'pending', reason: null });
  });

  it('shows favourites as lists show them', async () => {
    const service = await market.publish('services');
    const token = await market.tokenOf(market.client);
    await call(routes.toggle, { method: 'POST', token, body: { kind: 'services', listingId: service.id } });
    const { items } = favoriteCardsSchema.parse((await call(routes.favorites, { method: 'GET', token })).body);
    expect(items.map(({ card }) => card)).toMatchObject([
      { id: service.id, title: service.title, city: { slug: 'iasi' } },
    ]);
  });
});

describe('the account’s own changes', () => {
  it('take a name, a language, roles and wishes, and never a role of staff', async () => {
    const moderator = await market.person(['client', 'moderator']);
    const token = await market.tokenOf(moderator);
    const change = (body: unknown) => call(routes.profile, { method: 'POST', token, body });
    const notifications = Object.fromEntries(
      optionalCategories.map((category) => [category, category !== 'statistics']),
    );
    const changed = await change({ displayName: 'Măriuca', locale: 'ro', roles: ['host'], notifications });
    expect(changed.body).toMatchObject({ displayName: 'Măriuca', locale: 'ro' });
    const { roles } = await market.payload.findByID({ collection: 'users', id: moderator.id });
    expect([...roles].sort()).toEqual(['client', 'host', 'moderator']);
    expect((await change({ roles: ['admin'] })).status).toBe(400);
    const settings = await call(routes.settings, { method: 'GET', token });
    expect(accountSettingsSchema.parse(settings.body)).toMatchObject({
      verification: 'none',
      notifications: { statistics: false, messages: true },
    });
  });

  it('change the password by the old one alone, and leave only this session', async () => {
    const person = await market.person();
    const token = await market.tokenOf(person);
    const other = await market.tokenOf(person);
    const change = (password: string) =>
      call(routes.password, { method: 'POST', token, body: { password, newPassword: 'another-long-password' } });
    expect(errorOf((await change('a-wrong-one')).body).code).toBe('wrong-credentials');
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await call(routes.settings, { method: 'GET', token })).status).toBe(200);
    expect((await call(routes.settings, { method: 'GET', token: other })).status).toBe(401);
  });
});
