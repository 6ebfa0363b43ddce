import { describe, expect, it } from 'vitest';
import { unitsOf } from './index';

const from = (hours: number, seats = 3) => ({
  startsAt: new Date('2026-06-01T10:00:00Z'),
  endsAt: new Date(Date.parse('2026-06-01T10:00:00Z') + hours * 3_600_000),
  seats,
});

describe('the units of a booking', () => {
  it('are those that are begun', () => {
    expect([0.25, 1, 1.5, 24].map((hours) => unitsOf('hour', from(hours)))).toEqual([1, 1, 2, 24]);
    expect([1, 24, 24.5, 48].map((hours) => unitsOf('day', from(hours)))).toEqual([1, 1, 2, 2]);
  });

  it('are seats where each costs, and one where the whole does', () => {
    expect([unitsOf('ticket', from(5)), unitsOf('person', from(5)), unitsOf('event', from(5))]).toEqual([3, 3, 1]);
  });
});
