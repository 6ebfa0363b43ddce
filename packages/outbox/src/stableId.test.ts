import { expect, test } from 'vitest';
import { z } from 'zod';
import { stableId } from './stableId';

test('the same parts make the same UUID, in every process and release', () => {
  expect(stableId('review.new', 7)).toBe(stableId('review.new', 7));
  expect(stableId('favorites', 'locations', 12, 3, '2026-05-31')).toBe('7d2fc0d4-ccd8-8992-8d2c-dc103d1d2731');
});

test('other parts make another', () => {
  const ids = [stableId('review.new', 7), stableId('review.new', 8), stableId('review.approved', 7)];
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(z.uuid().safeParse(id).success).toBe(true);
});
