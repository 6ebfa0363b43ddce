import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ownEndpoints, routeOf } from './requests';

test('every endpoint of our own is known by its name', () => {
  const folders = readdirSync(path.resolve(import.meta.dirname, '../app/api'), { withFileTypes: true });
  expect(ownEndpoints).toEqual(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted(),
  );
});

test.each([
  ['/api/feed', '/api/feed'],
  ['/api/metrics/view', '/api/metrics/view'],
  ['/api/metrics', '/api/metrics'],
  ['/api/metrics/nothing', '/api/metrics'],
  ['/api/listings/events/jazz-night', '/api/listings'],
  ['/api/cities/1', '/api/*'],
  ['/admin/collections/users', '/admin'],
  ['/_next/static/x.js', '/_next'],
  ['/wp-login.php', 'other'],
  ['/', 'other'],
  ['/api', 'other'],
])('%s belongs to %s', (asked, route) => {
  expect(routeOf(asked)).toBe(route);
});
