import { utcDayOf } from '@convene/common';
import { expect, test } from 'vitest';
import { mailTexts } from '../texts/index';
import { formatPeriod, formatStart, formatUtcDay, formatUtcDays } from './dates';

const { calendar } = mailTexts.en;
const period = (startsAt: string, endsAt: string, timeZone: string) => ({ startsAt, endsAt, timeZone });

test.each([
  [
    'one evening',
    '2026-03-07T18:00:00Z',
    '2026-03-07T21:30:00Z',
    'Europe/Bucharest',
    'Saturday, 7 March 2026, 20:00–23:30 (UTC+2)',
  ],
  [
    'into the small hours',
    '2026-03-07T20:00:00Z',
    '2026-03-08T01:00:00Z',
    'Europe/Bucharest',
    'Saturday, 7 March 2026, 22:00–03:00 (UTC+2)',
  ],
  [
    'to midnight',
    '2026-03-07T18:00:00Z',
    '2026-03-07T22:00:00Z',
    'Europe/Bucharest',
    'Saturday, 7 March 2026, 20:00–00:00 (UTC+2)',
  ],
  [
    'over days',
    '2026-05-16T08:00:00Z',
    '2026-05-17T14:00:00Z',
    'Europe/Bucharest',
    'Saturday, 16 May 2026, 11:00 – Sunday, 17 May 2026, 17:00 (UTC+3)',
  ],
  [
    'a night in which the clocks are moved',
    '2026-03-28T20:00:00Z',
    '2026-03-29T02:00:00Z',
    'Europe/Bucharest',
    'Saturday, 28 March 2026, 22:00 (UTC+2) – 05:00 (UTC+3)',
  ],
  [
    'another day there than in UTC',
    '2026-01-01T03:00:00Z',
    '2026-01-01T05:00:00Z',
    'America/St_Johns',
    'Wednesday, 31 December 2025, 23:30–01:30 (UTC\u22123:30)',
  ],
  ['in UTC', '2026-03-07T09:05:00Z', '2026-03-07T10:00:00Z', 'UTC', 'Saturday, 7 March 2026, 09:05–10:00 (UTC)'],
  [
    'with an offset of its own',
    '2026-03-07T20:00:00+02:00',
    '2026-03-07T21:00:00+02:00',
    'Europe/Lisbon',
    'Saturday, 7 March 2026, 18:00–19:00 (UTC)',
  ],
  [
    'without an end',
    '2026-03-07T18:00:00Z',
    '2026-03-07T18:00:00Z',
    'Asia/Kolkata',
    'Saturday, 7 March 2026, 23:30 (UTC+5:30)',
  ],
])('%s', (_what, startsAt, endsAt, timeZone, expected) => {
  expect(formatPeriod(period(startsAt, endsAt, timeZone), calendar)).toBe(expected);
});

test('the beginning alone', () => {
  const evening = period('2026-03-07T18:00:00Z', '2026-03-07T21:30:00Z', 'Europe/Bucharest');
  expect(formatStart(evening, calendar)).toBe('Saturday, 7 March, 20:00');
  expect(formatStart(evening, mailTexts.ro.calendar)).toBe('sâmbătă, 7 martie, 20:00');
});

test.each([
  ['2026-03-02', '2026-03-08', '2–8 March 2026'],
  ['2026-03-30', '2026-04-05', '30 March – 5 April 2026'],
  ['2025-12-29', '2026-01-04', '29 December 2025 – 4 January 2026'],
])('from %s to %s', (first, last, expected) => {
  const days = { firstDay: utcDayOf(new Date(first)), lastDay: utcDayOf(new Date(last)) };
  expect(formatUtcDays(days, calendar)).toBe(expected);
});

test('a UTC day is the same one in every zone', () => {
  expect(formatUtcDay(utcDayOf(new Date('2026-03-07')), calendar)).toBe('Saturday, 7 March 2026');
});
