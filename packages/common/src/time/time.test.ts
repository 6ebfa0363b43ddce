import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addUtcDays,
  alignedIntervalStart,
  DAY_MS,
  isUtcDay,
  nextAlignedInterval,
  startOfUtcDay,
  utcDayOf,
  utcDaySchema,
  viewDedupeTtlSeconds,
} from './index';

const moment = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('UTC days', () => {
  it('are those of UTC, whatever the server’s zone', () => {
    expect(utcDayOf(new Date('2025-01-15T23:59:59.999Z'))).toBe('2025-01-15');
    expect(utcDayOf(new Date('2025-01-16T00:00:00.000Z'))).toBe('2025-01-16');
    expect(utcDayOf(new Date('2025-01-15T20:00:00-08:00'))).toBe('2025-01-16');
  });

  it('know leap years', () => {
    expect(isUtcDay('2024-02-29')).toBe(true);
    expect(isUtcDay('2025-02-29')).toBe(false);
    expect(addUtcDays(utcDaySchema.parse('2024-02-28'), 2)).toBe('2024-03-01');
  });

  it('hold each of their moments', () => {
    fc.assert(
      fc.property(moment, (date) => {
        const start = startOfUtcDay(utcDayOf(date)).getTime();
        expect(date.getTime() - start).toBeGreaterThanOrEqual(0);
        expect(date.getTime() - start).toBeLessThan(DAY_MS);
      }),
    );
  });
});

describe('viewDedupeTtlSeconds', () => {
  it('lasts to the end of the UTC day and an hour more', () => {
    const day = utcDaySchema.parse('2025-01-15');
    expect(viewDedupeTtlSeconds(day, new Date('2025-01-15T00:00:00Z'))).toBe(25 * 3_600);
    expect(viewDedupeTtlSeconds(day, new Date('2025-01-15T23:59:59Z'))).toBe(3_601);
    expect(viewDedupeTtlSeconds(day, new Date('2025-01-16T00:30:00Z'))).toBe(1_800);
    expect(viewDedupeTtlSeconds(day, new Date('2025-02-01T00:00:00Z'))).toBe(1);
  });
});

describe('aligned intervals', () => {
  it('begin at UTC midnight', () => {
    expect(alignedIntervalStart(new Date('2025-01-15T03:59:00Z'), 120).toISOString()).toBe('2025-01-15T02:00:00.000Z');
    expect(nextAlignedInterval(new Date('2025-01-15T23:30:00Z'), 120).toISOString()).toBe('2025-01-16T00:00:00.000Z');
    expect(nextAlignedInterval(new Date('2025-01-15T23:30:00Z'), 1440).toISOString()).toBe('2025-01-16T00:00:00.000Z');
    // 7 hours don't divide the day: the last interval is shorter.
    expect(nextAlignedInterval(new Date('2025-01-15T22:00:00Z'), 420).toISOString()).toBe('2025-01-16T00:00:00.000Z');
  });

  it('hold the moment, and the next one follows it', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1440 }), (now, minutes) => {
        expect(alignedIntervalStart(now, minutes).getTime()).toBeLessThanOrEqual(now.getTime());
        const next = nextAlignedInterval(now, minutes).getTime();
        expect(next).toBeGreaterThan(now.getTime());
        expect(next - now.getTime()).toBeLessThanOrEqual(minutes * 60_000);
      }),
    );
  });
});
