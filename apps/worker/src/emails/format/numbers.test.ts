import { expect, test } from 'vitest';
import { changeOf, formatCount, formatDuration } from './numbers';

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [12_345_678, '12,345,678'],
])('%i is told as %s', (count, expected) => {
  expect(formatCount(count, ',')).toBe(expected);
});

test.each([
  [5, 5, { kind: 'same' }],
  [0, 0, { kind: 'same' }],
  [5, 0, { kind: 'first' }],
  [0, 5, { kind: 'less', percent: 100 }],
  [320, 285, { kind: 'more', percent: 12 }],
  [10_001, 10_000, { kind: 'more', percent: 1 }],
])('%i after %i', (week, weekBefore, expected) => {
  expect(changeOf({ week, weekBefore })).toEqual(expected);
});

test.each([
  [0, '0 s'],
  [89.4, '89 s'],
  [90, '2 min'],
  [3_600, '60 min'],
  [7_200, '2 h'],
  [3 * 86_400, '3 d'],
])('%d seconds are %s', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});
