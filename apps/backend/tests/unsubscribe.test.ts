import { accountSettingsSchema, subscriptionSchema } from '@convene/common/api';
import { sealUnsubscribeToken, type UnsubscribeTarget } from '@convene/common/unsubscribe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../src/payload-types';
import { call, createPayloadHarness, PASSWORD, type PayloadHarness } from './payloadHarness';

let harness: PayloadHarness;
let secret: string;
let ana: User;
let routes: Awaited<ReturnType<typeof loadRoutes>>;

const loadRoutes = async () => ({
  unsubscribe: await import('../src/app/api/unsubscribe/route'),
  profile: await import('../src/app/api/account/profile/route'),
  settings: await import('../src/app/api/account/settings/route'),
  subscription: await import('../src/app/api/unsubscribe/subscription/route'),
});

beforeAll(async () => {
  harness = await createPayloadHarness();
  routes = await loadRoutes();
  secret = harness.context.env.backend['UNSUBSCRIBE_SECRET'] ?? '';
  ana = await harness.createUser({ email: 'ana@example.com' });
});
afterAll(() => harness.dispose());
beforeEach(async () => {
  await harness.pool.query(
    'DELETE FROM suppressions; UPDATE users SET notification_preferences_reminders = true, notification_preferences_listings = true',
  );
});

const noParams = { params: Promise.resolve({}) };
const urlOf = (token: string, path = 'unsubscribe') =>
  `http://localhost:3001/api/${path}?${new URLSearchParams({ token })}`;
const tokenFor = (target: Partial<UnsubscribeTarget> = {}) =>
  sealUnsubscribeToken({ email: 'ana@example.com', userId: ana.id, category: 'reminders', ...target }, secret);

const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });

const post = async (token: string, body: BodyInit = oneClick, headers: Record<string, string> = {}) => {
  const answer = await routes.unsubscribe.POST(new Request(urlOf(token), { method: 'POST', body, headers }), noParams);
  return answer.status;
};

const wants = async (id = ana.id) => {
  const { notificationPreferences } = await harness.payload.findByID({ collection: 'users', id });
  return notificationPreferences;
};
const suppressions = async () =>
  (await harness.pool.query('SELECT email, reason, category FROM suppressions ORDER BY id')).rows;

describe('one click', () => {
  it('works by POST, without signing in, for its category alone, and any number of times', async () => {
    expect(await post(tokenFor())).toBe(200);
    expect(await post(tokenFor())).toBe(200);
    expect(await wants()).toMatchObject({ reminders: false, listings: true });
    expect(await suppressions()).toEqual([]);
  });

  it('works as either kind of form', async () => {
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect(await post(tokenFor(), form)).toBe(200);
    expect(await wants()).toMatchObject({ reminders: false });
  });

  it('keeps an address without an account out of its category', async () => {
    const token = tokenFor({ email: 'Guest@example.com', userId: null, category: 'listings' });
    expect(await post(token)).toBe(200);
    expect(await post(token)).toBe(200);
    expect(await suppressions()).toEqual([{ email: 'guest@example.com', reason: 'unsubscribe', category: 'listings' }]);
    expect(await wants()).toMatchObject({ listings: true });
  });

  it('of a mail to an address that the account has no more does not touch the account', async () => {
    expect(await post(tokenFor({ email: 'old@example.com' }))).toBe(200);
    expect(await wants()).toMatchObject({ reminders: true });
    expect(await suppressions()).toMatchObject([{ email: 'old@example.com' }]);
  });

  it('of an account that is gone is no error', async () => {
    expect(await post(tokenFor({ userId: 999_999, email: 'gone@example.com' }))).toBe(200);
  });

  it.each([
    ['nothing', ''],
    ['another field', new URLSearchParams({ 'List-Unsubscribe': 'Two-Clicks' })],
  ])('with %s is refused', async (_what, body) => {
    expect(await post(tokenFor(), body)).toBe(400);
    expect(await wants()).toMatchObject({ reminders: true });
  });
});

describe('a token', () => {
  it('can be neither guessed nor changed, nor used for another address', async () => {
    const bo = await harness.createUser({ email: 'bo@example.com' });
    const [anas, bos] = [tokenFor(), tokenFor({ email: 'bo@example.com', userId: bo.id })];
    const half = anas.length / 2;
    for (const forged of ['', 'guessed', anas.slice(0, half) + bos.slice(half), `${anas}A`]) {
      expect(await post(forged)).toBe(400);
    }
    expect(await wants()).toMatchObject({ reminders: true });
    expect(await wants(bo.id)).toMatchObject({ reminders: true });
    expect(await post(bos)).toBe(200);
    expect(await wants()).toMatchObject({ reminders: true });
    expect(await wants(bo.id)).toMatchObject({ reminders: false });
  });
});

describe('a person who follows the link', () => {
  it('is asked first: opening it changes nothing', async () => {
    const token = tokenFor();
    const answer = await routes.unsubscribe.GET(new Request(urlOf(token)), noParams);
    expect(answer.status).toBe(303);
    const frontendUrl = harness.context.env.backend['FRONTEND_URL'];
    expect(answer.headers.get('location')).toBe(`${frontendUrl}/unsubscribe?token=${token}`);
    expect(await wants()).toMatchObject({ reminders: true });
  });

  it('is shown what it is about, and the address with its middle left out', async () => {
    const answer = await routes.subscription.GET(new Request(urlOf(tokenFor(), 'unsubscribe/subscription')), noParams);
    expect(subscriptionSchema.parse(await answer.json())).toEqual({ category: 'reminders', address: 'a…@example.com' });
    const bad = await routes.subscription.GET(new Request(urlOf('bad', 'unsubscribe/subscription')), noParams);
    expect(bad.status).toBe(400);
  });

  it('and says yes to the site is unsubscribed', async () => {
    const body = JSON.stringify({ token: tokenFor() });
    const request = new Request('http://localhost:3001/api/unsubscribe', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect((await routes.unsubscribe.POST(request, noParams)).status).toBe(200);
    expect(await wants()).toMatchObject({ reminders: false });
  });

  it('and takes it back in the preferences gets the mails again', async () => {
    const { token } = await harness.payload.login({
      collection: 'users',
      data: { email: 'ana@example.com', password: PASSWORD },
    });
    const asAna = { token: token ?? '' };
    await post(tokenFor());
    const { body } = await call(routes.settings, { method: 'GET', ...asAna });
    const { notifications } = accountSettingsSchema.parse(body);
    expect(notifications).toMatchObject({ reminders: false, listings: true });
    const saved = await call(routes.profile, {
      body: { notifications: { ...notifications, reminders: true } },
      ...asAna,
    });
    expect(saved.status).toBe(200);
    expect(await wants()).toMatchObject({ reminders: true, listings: true });
  });
});
