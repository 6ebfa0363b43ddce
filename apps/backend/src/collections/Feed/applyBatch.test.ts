import { counterKey } from '@convene/common/keys';
import { listingKinds } from '@convene/common/listings';
import { metrics } from '@convene/common/metrics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dailySumsOf } from './applyBatch';

test('the metrics of a listing and day become one row, rows sorted by kind, listing and day', () => {
  const key = (kind: 'events' | 'locations', listingId: number, metric: 'views' | 'bookings', day: string) =>
    counterKey({ kind, listingId, metric, day });
  const { rows, unreadable } = dailySumsOf([
    { key: key('locations', 9, 'views', '2025-01-02'), value: 4 },
    { key: key('events', 10, 'views', '2025-01-02'), value: 1 },
    { key: key('locations', 9, 'bookings', '2025-01-02'), value: 2 },
    { key: key('events', 9, 'views', '2025-01-02'), value: 3 },
    { key: key('events', 9, 'views', '2025-01-01'), value: 5 },
  ]);
  expect(unreadable).toEqual([]);
  expect(rows.map(({ kind, listingId, day, views, bookings }) => [kind, listingId, day, views, bookings])).toEqual([
    ['events', 9, '2025-01-01', 5, 0],
    ['events', 9, '2025-01-02', 3, 0],
    ['events', 10, '2025-01-02', 1, 0],
    ['locations', 9, '2025-01-02', 4, 2],
  ]);
});

test.each([
  'feed:counters:locations:1:views:2025-02-30',
  'feed:counters:places:1:views:2025-01-01',
  'feed:counters:locations:abc:views:2025-01-01',
  'feed:counters:locations:99999999999:views:2025-01-01',
  'feed:counters:locations:0:views:2025-01-01',
])('%s names no row', (key) => {
  expect(dailySumsOf([{ key, value: 3 }])).toEqual({ rows: [], unreadable: [{ key, value: 3 }] });
});

test('no increment is lost or made on the way', () => {
  const counter = fc.record({
    key: fc
      .record({
        kind: fc.constantFrom(...listingKinds),
        listingId: fc.integer({ min: 1, max: 5 }),
        metric: fc.constantFrom(...metrics),
        day: fc.constantFrom('2025-01-01', '2025-01-02', '2024-12-31'),
      })
      .map(counterKey),
    value: fc.integer({ min: 1, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(counter, { selector: ({ key }) => key }), (counters) => {
      const { rows } = dailySumsOf(counters);
      const total = rows.reduce((sum, row) => sum + metrics.reduce((part, metric) => part + row[metric], 0), 0);
      expect(total).toBe(counters.reduce((sum, { value }) => sum + value, 0));
      expect(new Set(rows.map(({ kind, listingId, day }) => `${kind}/${listingId}/${day}`)).size).toBe(rows.length);
    }),
  );
});
