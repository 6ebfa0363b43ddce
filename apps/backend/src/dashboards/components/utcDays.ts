import { addUtcDays, type UtcDay, utcDayOf } from '@convene/common/time';
import { z } from 'zod';

export const dayRanges = [30, 90, 365] as const;

/** How many UTC days up to today a page or a file tells of. */
export const daysSchema = z.coerce
  .number()
  .refine((days) => dayRanges.some((range) => range === days), 'must be 30, 90 or 365')
  .default(dayRanges[0]);

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
