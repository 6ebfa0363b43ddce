import { expect, it } from 'vitest';
import { joinWeeks } from './joinWeeks';

const days = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `day ${index}`, values: { a: 1, b: index } }));

it('sums weeks from the last day back, and loses none', () => {
  expect(joinWeeks(days(9))).toEqual([
    { label: 'day 0', values: { a: 2, b: 1 } },
    { label: 'day 2', values: { a: 7, b: 35 } },
  ]);
  expect(joinWeeks(days(365))).toHaveLength(53);
  expect(joinWeeks([])).toEqual([]);
});
