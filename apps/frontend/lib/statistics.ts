import type { DayCounts, ListingStatistics } from '@convene/common/api';

export const countedMetrics = ['impressions', 'views', 'favorites', 'bookings'] as const;
export type CountedMetric = (typeof countedMetrics)[number];

/** Part of a whole, 0 to 1; null of nothing. */
export const rateOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** How much more than before, as a part of that; null where there was nothing. */
export const changeOf = (now: number, before: number): number | null => (before > 0 ? (now - before) / before : null);

/** How often who saw a card opened it, and who opened it booked. */
export const conversionsOf = ({ impressions, views, bookings }: DayCounts) => ({
  opened: rateOf(views, impressions),
  booked: rateOf(bookings, views),
});

/** A line a day (RFC 4180), oldest first. */
export const statisticsCsv = (days: ListingStatistics['days']): string =>
  [
    ['day', ...countedMetrics].join(','),
    ...days.map((day) => [day.day, ...countedMetrics.map((metric) => day[metric])].join(',')),
    '',
  ].join('\r\n');

export type Bar = { day: string; value: number; x: number; width: number; height: number };

/** Bars in a box of the given size. The highest fills it; where nothing was counted, none has a height. */
export const barsOf = (
  days: { day: string; value: number }[],
  { width, height }: { width: number; height: number },
): Bar[] => {
  const most = Math.max(1, ...days.map(({ value }) => value));
  const step = width / Math.max(1, days.length);
  return days.map(({ day, value }, index) => ({
    day,
    value,
    x: index * step + step * 0.12,
    width: step * 0.76,
    height: (Math.max(0, value) / most) * height,
  }));
};
