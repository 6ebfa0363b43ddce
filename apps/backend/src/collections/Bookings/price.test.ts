import { describe, expect, it } from 'vitest';
import { priceOf } from './price';

const booked = { startsAt: new Date('2026-06-01T10:00:00Z'), endsAt: new Date('2026-06-02T10:30:00Z'), seats: 3 };
const price = { amountMinor: 1_500, currency: 'EUR' } as const;

describe('the price of a booking', () => {
  it.each([
    ['hour', 25 * 1_500],
    ['day', 2 * 1_500],
    ['event', 1_500],
    ['person', 3 * 1_500],
    ['ticket', 3 * 1_500],
  ] as const)('by the %s', (unit, totalMinor) => {
    expect(priceOf({ ...price, unit }, booked)).toEqual({ ...price, unit, totalMinor });
  });

  it('is open where the listing’s is on request', () => {
    expect(priceOf({ amountMinor: null, currency: 'EUR', unit: 'day' }, booked).totalMinor).toBeNull();
    expect(priceOf({ amountMinor: 1, currency: null, unit: 'day' }, booked).totalMinor).toBeNull();
  });

  it('is once the amount where no unit is named', () => {
    expect(priceOf({ ...price, unit: null }, booked).totalMinor).toBe(1_500);
  });
});
