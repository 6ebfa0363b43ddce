import {
  type Locale,
  locales,
  type NotificationPayload,
  type NotificationType,
  notificationSchemas,
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

const isType = (name: string): name is NotificationType => Object.hasOwn(notificationSchemas, name);
const types = Object.keys(notificationSchemas).filter(isType);

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
] as const)('%s leads to %s', async (type, href) => {
  const { html, text } = await render(type);
  expect(hrefsOf(html)).toContain(href);
  expect(text).toContain(href);
});

describe('what strangers write', () => {
  const evil = '<a href="https://evil.example">Free</a> https://evil.example\r\nBcc: x@evil.example <img src=x>';
  const listing = { kind: 'events', id: 7, title: evil.slice(0, 200), slug: '../../evil?x=1#y' } as const;
  const ours = /^https:\/\/(admin\.)?convene\.example(\/|$)/;
  /** Addresses that a mail program would make a link of in plain text. */
  const addressesIn = (text: string) => text.match(/(https?:\/\/|www\.)\S+|\S+@\w\S*/g) ?? [];

  test.each(['listing.approved', 'listing.rejected', 'admin.listing.pending', 'admin.user.new'] as const)(
    'becomes neither markup nor a link in %s',
    async (type) => {
      const payloads = {
        'listing.approved': { ownerId: 1, listing },
        'listing.rejected': { ownerId: 1, listing, reason: '<script>alert(1)</script>' },
        'admin.listing.pending': { ownerId: 1, ownerName: evil, listing },
        'admin.user.new': { userId: 1, displayName: evil, roles: ['client'] },
      } satisfies { [Type in typeof type]: NotificationPayload<Type> };
      const { subject, html, text } = await render(type, { payload: payloads[type], displayName: evil });
      expect(subject).not.toMatch(/[\r\n]/);
      expect(html).not.toContain('<a href="https://evil');
      expect(html).not.toMatch(/<(script|img)/);
      for (const href of hrefsOf(html)) expect(href).toMatch(ours);
      for (const address of addressesIn(text)) expect(address).toMatch(ours);
    },
  );

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
});
