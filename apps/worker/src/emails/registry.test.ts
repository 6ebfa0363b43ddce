import { isNotificationType, type Locale, locales, type NotificationType, notificationTypes } from '@convene/common';
import { describe, expect, test } from 'vitest';
import { createMailLinks } from './links';
import { emailRegistry, parsePayload } from './registry';
import { mailTexts } from './texts/index';

const links = createMailLinks({ frontendUrl: 'https://convene.example', backendUrl: 'https://admin.convene.example' });

const preheaderOf = <Type extends NotificationType>(type: Type, locale: Locale): string => {
  const { preheader, sample } = emailRegistry[type];
  return preheader({ payload: sample, texts: mailTexts[locale], reader: { displayName: 'Ana', locale }, links });
};

const types = Object.keys(notificationTypes).filter(isNotificationType);

describe.each(types)('%s', (type) => {
  const definition = emailRegistry[type];

  test('has a mail of its own', () => {
    expect(definition.type).toBe(type);
  });

  test('has a sample that its schema demands', () => {
    expect(parsePayload(type, definition.sample)).toEqual({ success: true, payload: definition.sample });
  });

  test.each(locales)('shows something beside its subject in %s', (locale) => {
    expect(preheaderOf(type, locale)).toMatch(/\S{2}/);
  });

  test('has tags that Resend takes', () => {
    expect(definition.tags).toMatchObject({ category: notificationTypes[type] });
    for (const part of Object.entries(definition.tags).flat()) expect(part).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
  });
});
