import { z } from 'zod';
import { dateTimeFormat } from '../formatters';

/** A calendar day in UTC, `YYYY-MM-DD`. Every counter, metric and rank is kept by it, whatever the server's zone. */
export type UtcDay = string & { readonly __utcDay: unique symbol };

export const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3_600;

/** The day that was asked for last, which is nearly always the one that is asked for next. */
let lastDay: { index: number; day: UtcDay } | undefined;

/**
 * The UTC day in which `moment` lies: a date, or milliseconds since 1970.
 *
 * @throws RangeError for an invalid date
 */
export const utcDayOf = (moment: Date | number): UtcDay => {
  const ms = Number(moment);
  const index = Math.floor(ms / DAY_MS);
  if (lastDay?.index !== index) lastDay = { index, day: new Date(ms).toISOString().slice(0, 10) as UtcDay };
  return lastDay.day;
};

/** Is it a day of the calendar, written `YYYY-MM-DD`? 2025-02-29 is not. */
export const isUtcDay = (value: string): value is UtcDay => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  if (value === lastDay?.day) return true;
  const start = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(value);
};

export const utcDaySchema = z
  .string()
  .refine(isUtcDay, 'expected a calendar day as YYYY-MM-DD')
  .transform((value) => value as UtcDay);

/** Is it a zone of the IANA database, such as Europe/Bucharest? */
export const isTimeZone = (value: string): boolean => {
  try {
    return Boolean(dateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
};

export const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'expected a time zone such as Europe/Bucharest');

const startMsOf = (day: UtcDay): number =>
  lastDay?.day === day ? lastDay.index * DAY_MS : Date.parse(`${day}T00:00:00.000Z`);

/** The first millisecond of a UTC day. */
export const startOfUtcDay = (day: UtcDay): Date => new Date(startMsOf(day));

/** `days` days after `day`; before it where negative. */
export const addUtcDays = (day: UtcDay, days: number): UtcDay => utcDayOf(startMsOf(day) + days * DAY_MS);

/**
 * How long a view stays deduplicated: to the end of the UTC day of the event and one hour more, in whole seconds.
 * At least one second, also when `now` lies long after that day.
 */
export const viewDedupeTtlSeconds = (day: UtcDay, now: Date): number => {
  const endOfDayMs = startMsOf(day) + DAY_MS;
  return Math.max(1, Math.floor((endOfDayMs - now.getTime()) / 1000) + HOUR_SECONDS);
};

/**
 * The start of the interval of `minutes` in which `now` lies, intervals being counted from UTC midnight.
 * An interval that does not divide the day begins anew at each midnight.
 */
export const alignedIntervalStart = (now: Date, minutes: number): Date => {
  const midnight = startMsOf(utcDayOf(now));
  const intervalMs = minutes * 60_000;
  return new Date(midnight + Math.floor((now.getTime() - midnight) / intervalMs) * intervalMs);
};

/** The next aligned interval's start after `now`: at the latest the next UTC midnight. */
export const nextAlignedInterval = (now: Date, minutes: number): Date => {
  const nextMidnight = startOfUtcDay(utcDayOf(now)).getTime() + DAY_MS;
  const next = alignedIntervalStart(now, minutes).getTime() + minutes * 60_000;
  return new Date(Math.min(next, nextMidnight));
};
