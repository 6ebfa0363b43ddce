import { isNotificationType, notificationTypes } from '@convene/common';
import { priorityOf } from '@convene/outbox';
import { describe, expect, test } from 'vitest';
import { emailRegistry, parsePayload } from './registry';

const types = Object.keys(notificationTypes).filter(isNotificationType);

describe.each(types)('%s', (type) => {
  const definition = emailRegistry[type];

  test('has a mail of its own', () => {
    expect(definition.type).toBe(type);
  });

  test('has a sample that its schema demands', () => {
    expect(parsePayload(type, definition.sample)).toEqual({ success: true, payload: definition.sample });
  });

  test('has tags that Resend takes', () => {
    expect(definition.tags).toMatchObject({ category: notificationTypes[type] });
    for (const part of Object.entries(definition.tags).flat()) expect(part).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
  });

  test('goes singly when somebody waits for it', () => {
    if (priorityOf(type) === 'security') expect(definition.delivery).toBe('single');
    if (notificationTypes[type] === 'reminders') expect(definition.delivery).toBe('batch');
  });
});

test('what goes to many at once goes by the batch', () => {
  const batches = types.filter((type) => emailRegistry[type].delivery === 'batch');
  expect(batches.sort()).toEqual([
    'event.cancelled',
    'event.moved',
    'event.participation.reminder',
    'event.reminder.24h',
    'listing.favorited',
    'listing.search-stats',
    'listing.view-stats',
  ]);
});
