import { addUtcDays, type UtcDay, utcDayOf } from '@convene/common/time';

export type DaySpan = { from: UtcDay; to: UtcDay };

/** The last so many UTC days, today included. */
export const lastDays = (days: number, now: Date): DaySpan => {
  const to = utcDayOf(now);
  return { from: addUtcDays(to, 1 - days), to };
};

/** Each day of a span, also those of which nothing is known. */
export const eachDay = ({ from, to }: DaySpan): UtcDay[] => {
  const days: UtcDay[] = [];
  for (let day = from; day <= to; day = addUtcDays(day, 1)) days.push(day);
  return days;
};
