import { expect, test } from 'vitest';
import { changeOf, formatChange, formatCount, formatDuration } from './numbers';

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
  [5, 0, { kind: 'first', by: 5 }],
  [0, 5, { kind: 'less', percent: 100 }],
  [320, 285, { kind: 'more', percent: 12 }],
  [10_001, 10_000, { kind: 'more', percent: 1 }],
])('%i after %i', (week, weekBefore, expected) => {
  expect(changeOf({ week, weekBefore })).toEqual(expected);
});

test.each([
  [5, 5, '±0%'],
  [1_500, 0, '+1.500'],
  [320, 285, '+12%'],
  [1, 8, '\u221288%'],
  [150, 10, '+1.400%'],
])('%i after %i is told as %s', (week, weekBefore, expected) => {
  expect(formatChange(changeOf({ week, weekBefore }), '.')).toBe(expected);
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
