import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetTone, projectDay } from './projectDay';

describe('projectDay', () => {
  it('is yesterday at midnight, and today at the end of the day', () => {
    expect(projectDay({ sent: 0, dayShare: 0, yesterday: { total: 9_000, untilNow: 0 } })).toBe(9_000);
    expect(projectDay({ sent: 4_000, dayShare: 1, yesterday: { total: 9_000, untilNow: 9_000 } })).toBe(4_000);
  });

  it('follows yesterday’s shape rather than the clock', () => {
    // Half of the day is over, and yesterday had most of its commands by now.
    expect(projectDay({ sent: 900, dayShare: 0.5, yesterday: { total: 1_000, untilNow: 900 } })).toBe(1_000);
  });

  it('grows with the pace of today', () => {
    const yesterday = { total: 1_000, untilNow: 500 };
    expect(projectDay({ sent: 1_000, dayShare: 0.5, yesterday })).toBe(1_955);
    expect(projectDay({ sent: 250, dayShare: 0.5, yesterday })).toBe(523);
  });

  it('goes by the clock without a yesterday, and says nothing in the first hour', () => {
    expect(projectDay({ sent: 100, dayShare: 0.25, yesterday: null })).toBe(400);
    expect(projectDay({ sent: 100, dayShare: 0.01, yesterday: null })).toBeNull();
  });

  it('is never less than what was sent', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.double({ min: 0, max: 1, noNaN: true }), (sent, total, share) => {
        const projected = projectDay({ sent, dayShare: share, yesterday: { total, untilNow: total * share } });
        if (projected !== null) expect(projected).toBeGreaterThanOrEqual(sent);
      }),
    );
  });
});

it('staff are warned at 80 %', () => {
  expect([7_999, 8_000, 9_999, 10_000].map((sent) => budgetTone(sent, 10_000))).toEqual([
    'calm',
    'waiting',
    'waiting',
    'late',
  ]);
});
