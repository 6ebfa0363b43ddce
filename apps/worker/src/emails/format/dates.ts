import { type PeriodInMail, startOfUtcDay, type UtcDay } from '@convene/common';
import { dateTimeFormat } from '@convene/common/formatters';

/** A language's words for days and months; weeks begin on Sunday, as JavaScript counts them. */
export type Calendar = { weekdays: readonly string[]; months: readonly string[] };

/** A moment as the clocks of its zone show it. */
type LocalTime = { year: number; month: number; day: number; hour: number; minute: number; offsetMinutes: number };

/** The zone's rules are the only thing asked of the runtime: how it words a date changes with its version. */
const localTimeOf = (moment: Date, timeZone: string): LocalTime => {
  const parts = dateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(moment);
  const number = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  const [year, month, day, hour, minute] = [
    number('year'),
    number('month'),
    number('day'),
    number('hour'),
    number('minute'),
  ];
  const wholeMinute = Math.floor(moment.getTime() / 60_000);
  const offsetMinutes = Date.UTC(year, month - 1, day, hour, minute) / 60_000 - wholeMinute;
  return { year, month, day, hour, minute, offsetMinutes };
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const clock = ({ hour, minute }: LocalTime): string => `${twoDigits(hour)}:${twoDigits(minute)}`;

const weekdayOf = ({ year, month, day }: LocalTime): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay();

const date = (time: LocalTime, { weekdays, months }: Calendar): string =>
  `${weekdays[weekdayOf(time)]}, ${time.day} ${months[time.month - 1]} ${time.year}`;

/** `UTC+2`, `UTC−3:30`, `UTC`. */
const zone = ({ offsetMinutes }: LocalTime): string => {
  if (offsetMinutes === 0) return 'UTC';
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60 === 0 ? '' : `:${twoDigits(size % 60)}`;
  return `UTC${offsetMinutes < 0 ? '\u2212' : '+'}${Math.floor(size / 60)}${minutes}`;
};

const isSameDay = (one: LocalTime, other: LocalTime): boolean =>
  one.year === other.year && one.month === other.month && one.day === other.day;

const SMALL_HOURS_MS = 6 * 3_600_000;

/**
 * When something takes place, on the clocks of its zone: a date and two times where it ends on the day it starts or
 * in the small hours after it, else two dates with their times. The same on every machine.
 */
export const formatPeriod = ({ startsAt, endsAt, timeZone }: PeriodInMail, calendar: Calendar): string => {
  const [startsOn, endsOn] = [new Date(startsAt), new Date(endsAt)];
  const [start, end] = [localTimeOf(startsOn, timeZone), localTimeOf(endsOn, timeZone)];
  const first = `${date(start, calendar)}, ${clock(start)}`;
  if (endsOn <= startsOn) return `${first} (${zone(start)})`;
  const isOneEvening =
    isSameDay(start, end) ||
    (end.hour < 6 && isSameDay(start, localTimeOf(new Date(endsOn.getTime() - SMALL_HOURS_MS), timeZone)));
  // Clocks may be moved in between.
  const startZone = start.offsetMinutes === end.offsetMinutes ? '' : ` (${zone(start)})`;
  if (isOneEvening && startZone === '') return `${first}–${clock(end)} (${zone(end)})`;
  const last = isOneEvening ? clock(end) : `${date(end, calendar)}, ${clock(end)}`;
  return `${first}${startZone} – ${last} (${zone(end)})`;
};

/** The beginning alone, for a subject: `Saturday, 7 March, 18:00`. */
export const formatStart = ({ startsAt, timeZone }: PeriodInMail, { weekdays, months }: Calendar): string => {
  const start = localTimeOf(new Date(startsAt), timeZone);
  return `${weekdays[weekdayOf(start)]}, ${start.day} ${months[start.month - 1]}, ${clock(start)}`;
};

/** A UTC day: `Saturday, 7 March 2026`. */
export const formatUtcDay = (day: UtcDay, calendar: Calendar): string =>
  date(localTimeOf(startOfUtcDay(day), 'UTC'), calendar);

/** From one UTC day to another: `2–8 March 2026`, `30 March – 5 April 2026`. */
export const formatUtcDays = (
  { firstDay, lastDay }: { firstDay: UtcDay; lastDay: UtcDay },
  { months }: Calendar,
): string => {
  const [first, last] = [localTimeOf(startOfUtcDay(firstDay), 'UTC'), localTimeOf(startOfUtcDay(lastDay), 'UTC')];
  const end = `${last.day} ${months[last.month - 1]} ${last.year}`;
  if (first.year !== last.year) return `${first.day} ${months[first.month - 1]} ${first.year} – ${end}`;
  return first.month === last.month ? `${first.day}–${end}` : `${first.day} ${months[first.month - 1]} – ${end}`;
};
