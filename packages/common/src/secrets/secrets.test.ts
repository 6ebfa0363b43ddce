import { expect, test } from 'vitest';
import { isBearerOf, secretsMatch } from './index';

test('a secret matches itself alone', () => {
  expect(secretsMatch('sésame', 'sésame')).toBe(true);
  for (const given of ['', 'sésam', 'sésame ', 'Sésame', 'sésamE']) expect(secretsMatch(given, 'sésame')).toBe(false);
});

test('a bearer is read whatever the case of its scheme', () => {
  for (const header of ['Bearer abc', 'bearer abc', 'BEARER   abc']) expect(isBearerOf(header, 'abc')).toBe(true);
  for (const header of [null, undefined, '', 'abc', 'Basic abc', 'Bearer', 'Bearer abc def', 'Bearer ab']) {
    expect(isBearerOf(header, 'abc')).toBe(false);
  }
});
