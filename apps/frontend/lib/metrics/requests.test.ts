import { expect, test } from 'vitest';
import { routeOf } from './requests';

test.each([
  ['/', '/'],
  ['/events', '/{kind}'],
  ['/events/jazz-night', '/{kind}/{slug}'],
  ['/events/jazz-night/book', '/{kind}/{slug}'],
  ['/account/bookings', '/account'],
  ['/favorites/toggle', '/favorites'],
  ['/suggest', '/suggest'],
  ['/forgot', '/forgot'],
  ['/reset', '/reset'],
  ['/verify', '/verify'],
  ['/_next/static/x.js', '/_next'],
  ['/wp-login.php', 'other'],
])('%s belongs to %s', (path, route) => {
  expect(routeOf(path)).toBe(route);
});
