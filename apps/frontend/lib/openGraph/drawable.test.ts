import { describe, expect, it } from 'vitest';
import { formatMoney } from '@/lib/format/price';
import { drawable } from './drawable';

describe('what is written on a card', () => {
  it('keeps both languages, prices and dates as they are', () => {
    for (const text of ['Târgu Mureș, Țara “Făgărașului” – 7 – 9 pm…', 'Crème & Œuvre', 'Ąžuolas 12 %']) {
      expect(drawable(text)).toBe(text);
    }
    expect(drawable(formatMoney(123_450, 'RON', 'ro'))).toBe('1.234,50 RON');
    expect(drawable(formatMoney(4_550, 'EUR', 'en'))).toBe('€45.50');
    expect(drawable('S\u0326i')).toBe('Și');
  });

  it('leaves out what no font here has, and says something else where nothing is left', () => {
    expect(drawable('🎉 Party ★ 東京')).toBe('Party');
    expect(drawable('Концерт', 'Concert')).toBe('Concert');
    expect(drawable('🎉 !', 'Event')).toBe('Event');
  });
});
