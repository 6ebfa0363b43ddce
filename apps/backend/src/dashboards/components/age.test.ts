import { describe, expect, it } from 'vitest';
import { ageOf, toneOf } from './age';

const now = new Date('2026-05-10T12:00:00Z');
const before = (ms: number) => new Date(now.getTime() - ms);
const HOUR = 3_600_000;

describe('ageOf', () => {
  it.each([
    [0, '0 min'],
    [59 * 60_000, '59 min'],
    [HOUR, '1 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 d'],
    [-5_000, '0 min'],
  ])('%i ms are %s', (ms, text) => {
    expect(ageOf(before(ms), now)).toBe(text);
  });
});

describe('toneOf', () => {
  it('is late after three days, and calm where nothing waits', () => {
    expect(toneOf(null, now)).toBe('calm');
    expect(toneOf(before(72 * HOUR), now)).toBe('waiting');
    expect(toneOf(before(72 * HOUR + 1), now)).toBe('late');
  });
});
