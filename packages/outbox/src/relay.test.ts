import { sendPriorities } from '@convene/common';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_BATCH_SIZE } from './batches';
import { type ClaimedRow, rowsWithJob } from './relay';

const row = (id: string, weight: number, priority: number = sendPriorities.bulk, type = 'a'): ClaimedRow => ({
  id,
  type,
  priority,
  weight,
});

const idsOf = (rows: ClaimedRow[]): string[] => rowsWithJob(rows).map(({ id }) => id);

test('each ordinary row has a job', () => {
  expect(idsOf([row('1', 1, sendPriorities.ordinary), row('2', 1, sendPriorities.ordinary)])).toEqual(['1', '2']);
});

test('a fan-out to a hundred has a job of its own, smaller ones share one', () => {
  expect(idsOf([row('1', 100), row('2', 60), row('3', 40), row('4', 1), row('5', 99), row('6', 1)])).toEqual([
    '1',
    '2',
    '4',
    '6',
  ]);
});

test('types are counted apart', () => {
  expect(idsOf([row('1', 1), row('2', 1, sendPriorities.bulk, 'b'), row('3', 1)])).toEqual(['1', '2']);
});

test('there is always a job for every hundred recipients', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: MAX_BATCH_SIZE }), { minLength: 1 }), (weights) => {
      const rows = weights.map((weight, index) => row(String(index), weight));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const jobs = rowsWithJob(rows).length;
      expect(jobs * MAX_BATCH_SIZE).toBeGreaterThanOrEqual(total);
      // Two that follow each other are never both half empty.
      expect(jobs).toBeLessThanOrEqual(Math.ceil((2 * total) / MAX_BATCH_SIZE) + 1);
    }),
  );
});
