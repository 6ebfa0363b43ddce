import { instantOf, wallClockOf } from './wallClock';

export type Interval = { startsAt: string; endsAt: string };

export type CalendarDay = {
  /** `2026-05-31`, by the calendar of the zone. */
  date: string;
  /** Of a day that is partly taken: when, by the clock of the zone, as `10:00` to `24:00`. */
  taken: { from: string; to: string }[];
  state: 'past' | 'free' | 'partly' | 'taken';
};

export type CalendarMonth = {
  /** `2026-05` */
  month: string;
  /** Rows of seven, Monday first; null before the first and behind the last day. */
  weeks: (CalendarDay | null)[][];
};

const pad = (value: number): string => String(value).padStart(2, '0');

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Monday is 0. */
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Overlapping and touching times as one, the soonest first. */
const merged = (intervals: { from: number; to: number }[]): { from: number; to: number }[] => {
  const result: { from: number; to: number }[] = [];
  for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
    const previous = result.at(-1);
    if (previous && interval.from <= previous.to) previous.to = Math.max(previous.to, interval.to);
    else result.push({ ...interval });
  }
  return result;
};

/**
 * The months from this one on as calendars, each day with what is taken of it.
 *
 * @param timeZone whose days they are; a day may have 23 or 25 hours
 */
export const monthCalendars = ({
  taken,
  timeZone,
  now,
  months,
}: {
  taken: Interval[];
  timeZone: string;
  now: Date;
  months: number;
}): CalendarMonth[] => {
  const times = merged(taken.map(({ startsAt, endsAt }) => ({ from: Date.parse(startsAt), to: Date.parse(endsAt) })));
  const today = wallClockOf(now, timeZone).slice(0, 10);
  const midnights = new Map<string, number>();
  /** Each is asked for twice, as a day's end and as the next one's start. */
  const midnight = (date: string): number => {
    const known = midnights.get(date) ?? instantOf(`${date}T00:00`, timeZone)?.getTime() ?? 0;
    midnights.set(date, known);
    return known;
  };

  const dayOf = (date: string): CalendarDay => {
    if (date < today) return { date, taken: [], state: 'past' };
    const [start, end] = [midnight(date), midnight(nextDay(date))];
    const inside = times
      .filter(({ from, to }) => from < end && to > start)
      .map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to, end) }));
    const clock = (ms: number) => (ms === end ? '24:00' : wallClockOf(new Date(ms), timeZone).slice(11));
    const isWhole = inside.some(({ from, to }) => from === start && to === end);
    return {
      date,
      taken: inside.map(({ from, to }) => ({ from: clock(from), to: clock(to) })),
      state: isWhole ? 'taken' : inside.length > 0 ? 'partly' : 'free',
    };
  };

  const [thisYear = 0, thisMonth = 1] = today.split('-').map(Number);
  return Array.from({ length: months }, (_, index) => {
    const first = new Date(Date.UTC(thisYear, thisMonth - 1 + index, 1));
    const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
    const name = `${year}-${pad(month)}`;
    const days = Array.from({ length: daysIn(year, month) }, (__, day) => dayOf(`${name}-${pad(day + 1)}`));
    const cells = [...Array.from({ length: weekdayOf(`${name}-01`) }, () => null), ...days];
    while (cells.length % 7 !== 0) cells.push(null);
    return {
      month: name,
      weeks: Array.from({ length: cells.length / 7 }, (__, week) => cells.slice(week * 7, week * 7 + 7)),
    };
  });
};
