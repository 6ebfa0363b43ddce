import {
  isNotificationType,
  locales,
  type NotificationType,
  notificationSchemas,
  notificationTypes,
} from '@convene/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { createMailLinks } from './links';
import { emailRegistry, parsePayload } from './registry';
import { renderEmail } from './renderEmail';

/*
 * Every string of every payload that its schema lets somebody choose is replaced by something hostile: a field that is
 * added tomorrow is tried as well.
 */

const links = createMailLinks({ frontendUrl: 'https://convene.example', backendUrl: 'https://admin.convene.example' });
const ours = /^https:\/\/(admin\.)?convene\.example(\/|$)/;
const types = Object.keys(notificationTypes).filter(isNotificationType);

/** Reasons that staff give: their links stay. */
const staffReasons: readonly NotificationType[] = [
  'listing.rejected',
  'review.rejected',
  'claim.rejected',
  'account.verification-rejected',
];

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const replaced = (value: Json, path: readonly (string | number)[], text: string): Json => {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, text) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === step ? replaced(item, rest, text) : item]),
  );
};

const stringPaths = (value: Json, path: (string | number)[] = []): (string | number)[][] => {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => stringPaths(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => stringPaths(item, [...path, key]));
};

/** The sample with `text` in place of all that its schema lets be chosen, and what that is. */
const hostilePayload = (type: NotificationType, text: string, keep: (path: string) => boolean = () => false) => {
  const schema: z.ZodType = notificationSchemas[type];
  const sample: Json = JSON.parse(JSON.stringify(emailRegistry[type].sample));
  const places: string[] = [];
  const payload = stringPaths(sample).reduce((current, path) => {
    const next = replaced(current, path, text);
    if (keep(path.join('.')) || !schema.safeParse(next).success) return current;
    places.push(path.join('.'));
    return next;
  }, sample);
  return { payload, places };
};

const renderHostile = async <Type extends NotificationType>(
  type: Type,
  { payload, locale, displayName }: { payload: unknown; locale: (typeof locales)[number]; displayName: string },
) => {
  const parsed = parsePayload(type, payload);
  if (!parsed.success) throw new Error(parsed.problem);
  return renderEmail({ type, payload: parsed.payload, reader: { displayName, locale }, links });
};

const tagsOf = (html: string): string[] =>
  [...new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => (name ?? '').toLowerCase()))].sort();

/** What the components are made of. */
const ourTags = new Set(
  'html head title meta link style body div table tbody tr td p h1 h2 a span strong br i blockquote'.split(' '),
);

const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/(?:href|src|action)\s*=\s*"([^"]*)"/gi)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'));

/** Addresses that a mail program would make a link of in plain text. */
const addressesIn = (text: string): string[] => text.match(/(https?:\/\/|www\.)\S+|\S+@\w\S*/gi) ?? [];

const expectHarmless = async (
  type: NotificationType,
  { text, locale }: { text: string; locale: (typeof locales)[number] },
): Promise<void> => {
  const { payload } = hostilePayload(type, text);
  const mail = await renderHostile(type, { payload, locale, displayName: text });
  expect(await renderHostile(type, { payload, locale, displayName: text })).toEqual(mail);

  expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(mail.subject.trim()).not.toBe('');
  expect([...mail.subject].length).toBeLessThanOrEqual(150);

  expect(tagsOf(mail.html).filter((tag) => !ourTags.has(tag))).toEqual([]);
  for (const href of hrefsOf(mail.html)) expect(href).toMatch(ours);

  expect(mail.text.length).toBeGreaterThan(80);
  // The control characters that set a title off are ours alone, and are not sent.
  for (const part of [mail.html, mail.text]) expect(part).not.toMatch(/(?!\n)\p{Cc}/u);

  const linkless = staffReasons.includes(type)
    ? await renderHostile(type, {
        payload: hostilePayload(type, text, (path) => path === 'reason').payload,
        locale,
        displayName: text,
      })
    : mail;
  for (const address of addressesIn(linkless.text)) expect(address).toMatch(ours);
};

const attacks = [
  '<a href="https://evil.example">Free</a> https://evil.example <img src=x onerror=alert(1)>',
  'Hi\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>',
  '"><svg/onload=alert(1)> \' onmouseover=alert(1) x="',
  'www.evil.example/login and evil.example or MAILTO:win@evil.example',
  '\u0001bold\u0002 \u202egnp.exe \u2028 new \u0000 line \u200b\u200b',
  ']]></style><style>*{display:none}</style><!-- -->',
  '{{7*7}} %0d%0aSubject: x &lt;b&gt; &#60;b&#62; %3Cb%3E',
];

describe.each(attacks)('%j', (text) => {
  test.each(types)('does no harm in %s', async (type) => {
    for (const locale of locales) await expectHarmless(type, { text, locale });
  });
});

test('whatever anybody writes does no harm', async () => {
  const fragments = [
    '<',
    '>',
    '"',
    "'",
    '&',
    '://',
    'http',
    '@',
    '.',
    'a.b',
    '\n',
    '\r\n',
    '\u2028',
    '\u0001',
    ' ',
    '🏡',
  ];
  const writing = fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 12 })
    .map((parts) => parts.join('').slice(0, 150));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), fc.constantFrom(...locales), writing, (type, locale, text) =>
      expectHarmless(type, { text, locale }),
    ),
    { numRuns: 200 },
  );
});

test('what people write is really among what is tried', () => {
  const placesIn = (type: NotificationType): string[] => hostilePayload(type, attacks[0] ?? '').places;
  expect(placesIn('message.new')).toEqual(['senderName', 'listing.title', 'listing.slug', 'excerpt']);
  expect(placesIn('admin.contact')).toEqual(['name', 'subject', 'message']);
  expect(placesIn('listing.view-stats')).toContain('listings.1.listing.title');
  expect(placesIn('user.reset.start')).toEqual(['token']);
});
