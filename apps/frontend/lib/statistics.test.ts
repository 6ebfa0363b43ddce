import { describe, expect, it } from 'vitest';
import { barsOf, changeOf, conversionsOf, statisticsCsv } from './statistics';

describe('statistics', () => {
  it('tell rates and changes, and nothing of nothing', () => {
    expect(conversionsOf({ impressions: 200, views: 50, favorites: 3, bookings: 5 })).toEqual({
      opened: 0.25,
      booked: 0.1,
    });
    expect(conversionsOf({ impressions: 0, views: 0, favorites: 0, bookings: 0 })).toEqual({
      opened: null,
      booked: null,
    });
    expect(changeOf(15, 10)).toBe(0.5);
    expect(changeOf(5, 0)).toBeNull();
  });

  it('are a file with a line a day', () => {
    const days = [{ day: '2026-11-27', impressions: 9, views: 4, favorites: 1, bookings: 0 }];
    expect(statisticsCsv(days)).toBe('day,impressions,views,favorites,bookings\r\n2026-11-27,9,4,1,0\r\n');
  });

  it('draw the highest day as high as the box, and no bar below it', () => {
    const days = [4, 0, -1, 2].map((value, index) => ({ day: `2026-11-0${index + 1}`, value }));
    expect(barsOf(days, { width: 400, height: 100 }).map(({ height }) => height)).toEqual([100, 0, 0, 50]);
  });
});
