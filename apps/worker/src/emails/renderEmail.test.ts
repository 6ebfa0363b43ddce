import {
  type Locale,
  locales,
  type NotificationPayload,
  type NotificationType,
  notificationTypes,
} from '@convene/common';
import { describe, expect, test } from 'vitest';
import { createMailLinks } from './links';
import { emailRegistry, parsePayload } from './registry';
import { renderEmail } from './renderEmail';

const links = createMailLinks({ frontendUrl: 'https://convene.example', backendUrl: 'https://admin.convene.example' });

const render = <Type extends NotificationType>(
  type: Type,
  { payload, locale = 'en', displayName = 'Ana Popescu' }: Options<Type> = {},
) => renderEmail({ type, payload: payload ?? emailRegistry[type].sample, reader: { displayName, locale }, links });

type Options<Type extends NotificationType> = {
  payload?: NotificationPayload<Type>;
  locale?: Locale;
  displayName?: string;
};

const isType = (name: string): name is NotificationType => Object.hasOwn(notificationTypes, name);
const types = Object.keys(notificationTypes).filter(isType);

const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'));

describe.each(locales)('in %s', (locale) => {
  test.each(types)('%s renders, the same each time', async (type) => {
    const mail = await render(type, { locale });
    expect(mail).toEqual(await render(type, { locale }));
    expect(mail.subject).not.toBe('');
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).toContain(`<html dir="ltr" lang="${locale}"`);
    expect(mail.text.length).toBeGreaterThan(80);
    for (const part of [mail.subject, mail.html, mail.text]) expect(part).not.toMatch(/undefined|\[object|\bNaN\b/);
  });

  test.each(types)('%s has one thing to do, as a button and as an address', async (type) => {
    const { html, text } = await render(type, { locale });
    const [action, plain] = hrefsOf(html).filter((href) => href.startsWith('https:'));
    expect(plain).toBe(action);
    expect(text.split(action ?? '?')).toHaveLength(2);
  });
});

test.each(types)('the languages of %s differ', async (type) => {
  const [english, romanian] = await Promise.all([render(type, { locale: 'en' }), render(type, { locale: 'ro' })]);
  expect(romanian.subject).not.toBe(english.subject);
  expect(romanian.text).not.toBe(english.text);
});

test.each(types)('the sample of %s is what its schema demands', (type) => {
  const { sample } = emailRegistry[type];
  expect(parsePayload(type, sample)).toEqual({ success: true, payload: sample });
});

test.each([
  ['user.welcome', 'https://convene.example/verify?token=sample-token-that-leads-nowhere'],
  ['user.reset.start', 'https://convene.example/reset?token=sample-token-that-leads-nowhere'],
  ['user.signup.existing', 'https://convene.example/sign-in'],
  ['user.signup.existing', 'https://convene.example/forgot'],
  ['listing.approved', 'https://convene.example/locations/the-glass-house-by-the-lake'],
  ['listing.rejected', 'https://convene.example/account/listings'],
  ['admin.listing.pending', 'https://admin.convene.example/admin/collections/locations/12'],
  ['admin.user.new', 'https://admin.convene.example/admin/collections/users/1'],
  ['admin.contact', 'https://admin.convene.example/admin/collections/contact-messages/33'],
  ['message.new', 'https://convene.example/account/messages/64'],
  ['booking.requested', 'https://convene.example/account/bookings#booking-205'],
  ['booking.declined', 'https://convene.example/locations'],
  ['listing.claim.invitation', 'https://convene.example/claim?token=sample-token-that-leads-nowhere'],
  ['user.email.confirm', 'https://convene.example/confirm-email?token=sample-token-that-leads-nowhere'],
  ['event.moved', 'https://convene.example/events/winter-jazz-at-casa-filipescu'],
] as const)('%s leads to %s', async (type, href) => {
  const { html, text } = await render(type);
  expect(hrefsOf(html)).toContain(href);
  expect(text).toContain(href);
});

describe('what strangers write', () => {
  const listing = { kind: 'events', id: 7, title: 'Jazz', slug: '../../evil?x=1#y' } as const;

  test('a slug can not leave its place', async () => {
    const { html } = await render('listing.approved', { payload: { ownerId: 1, listing } });
    expect(hrefsOf(html)).toContain('https://convene.example/events/..%2F..%2Fevil%3Fx%3D1%23y');
  });

  test('a token can not add a parameter', async () => {
    const { html } = await render('user.reset.start', { payload: { userId: 1, token: 'a&b=c#d e/f?g0123456' } });
    expect(hrefsOf(html)[0]).toBe('https://convene.example/reset?token=a%26b%3Dc%23d+e%2Ff%3Fg0123456');
  });

  test('a name that is an address greets nobody', async () => {
    const { text } = await render('user.welcome', { displayName: 'win at www.evil.example' });
    expect(text).toContain('Hello,');
    expect(text).not.toContain('evil');
  });

  test('a long title leaves the rest of the subject its room', async () => {
    const payload = { ownerId: 1, listing: { ...listing, title: 'Hall '.repeat(40) } };
    const { subject } = await render('listing.rejected', { payload: { ...payload, reason: '' } });
    expect(subject).toMatch(/^“Hall Hall .*…” needs a change$/);
  });
});

describe('the footer', () => {
  const preferences = 'https://convene.example/account/notifications';

  test.each([
    ['listing.approved', true],
    ['event.reminder.24h', true],
    ['user.reset.start', false],
    ['admin.contact', false],
    // Whoever is invited has no account to choose in.
    ['listing.claim.invitation', false],
  ] as const)('of %s leads to the preferences: %s', async (type, expected) => {
    const { html, text } = await render(type);
    expect(hrefsOf(html).includes(preferences)).toBe(expected);
    expect(text.includes(preferences)).toBe(expected);
  });

  test('ends such mails where the reader can do so', async () => {
    const unsubscribeUrl = 'https://convene.example/unsubscribe?token=abc';
    const { sample } = emailRegistry['review.new'];
    const reader = { displayName: 'Ana', locale: 'en' } as const;
    const { html } = await renderEmail({ type: 'review.new', payload: sample, reader, links, unsubscribeUrl });
    expect(hrefsOf(html)).toContain(unsubscribeUrl);
  });
});

test('an answer to the contact form goes to its sender, and to nobody else for any other mail', async () => {
  expect((await render('admin.contact')).replyTo).toBe('elena@example.com');
  const others = types.filter((type) => type !== 'admin.contact');
  for (const type of others) expect((await render(type)).replyTo).toBeNull();
});

test('an event that is moved says what has changed', async () => {
  const { sample } = emailRegistry['event.moved'];
  const { startsAt, endsAt, timeZone, place } = sample.event;
  const subjectAfter = async (before: typeof sample.before) =>
    (await render('event.moved', { payload: { ...sample, before } })).subject;
  expect(await subjectAfter({ ...sample.before, place })).toMatch(/^New time: /);
  expect(await subjectAfter({ startsAt, endsAt, timeZone, place: 'The old barn' })).toMatch(/^New place: /);
  expect(await subjectAfter({ ...sample.before, place: null })).toMatch(/^New time and place: /);
});

test('times are told on the clocks of the event, in the language of the reader', async () => {
  const { text } = await render('event.reminder.24h');
  expect(text).toContain('Saturday, 7 March 2026, 20:00–23:30 (UTC+2)');
  const romanian = await render('event.reminder.24h', { locale: 'ro' });
  expect(romanian.text).toContain('sâmbătă, 7 martie 2026, 20:00–23:30 (UTC+2)');
  expect(romanian.subject).toBe('Urmează: „Winter Jazz at Casa Filipescu”, sâmbătă, 7 martie, 20:00');
});

test('a reason that was not given is not announced', async () => {
  const { sample } = emailRegistry['booking.declined'];
  expect((await render('booking.declined')).text).toContain('The reason');
  expect((await render('booking.declined', { payload: { ...sample, reason: ' \n ' } })).text).not.toContain(
    'The reason',
  );
});
