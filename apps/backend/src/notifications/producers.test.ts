import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notificationTypes } from '@convene/common/notifications';
import { expect, it } from 'vitest';

/** Those that a maintenance job of the worker writes: nobody's change makes them happen, but the clock. */
const writtenByTheClock = [
  'admin.digest.daily',
  'event.participation.reminder',
  'event.reminder.24h',
  'listing.favorited',
  'listing.finished',
  'listing.search-stats',
  'listing.view-stats',
];

const sources = readdirSync(path.resolve(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8'))
  .filter((text) => /(enqueue(Notification|FanOut)|writeNotification)\(/.test(text));

it('every notification is written by a hook or endpoint here, or by the clock', () => {
  const unwritten = Object.keys(notificationTypes).filter(
    (type) => !sources.some((text) => text.includes(`'${type}'`)),
  );
  expect(unwritten.toSorted()).toEqual(writtenByTheClock);
});
