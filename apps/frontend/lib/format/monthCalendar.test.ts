import { describe, expect, it } from 'vitest';
import { type CalendarDay, monthCalendars } from './monthCalendar';

const timeZone = 'Europe/Bucharest';
const now = new Date('2026-10-14T22:30:00Z'); // The 15th there.

const calendars = (taken: { startsAt: string; endsAt: string }[] = [], months = 2) =>
  monthCalendars({ taken, timeZone, now, months });
const daysOf = (taken: { startsAt: string; endsAt: string }[]) =>
  new Map(
    calendars(taken)
      .flatMap(({ weeks }) => weeks.flat())
      .filter((day): day is CalendarDay => day !== null)
      .map((day) => [day.date, day]),
  );

describe('the calendar of a listing', () => {
  it('has whole weeks that begin on Monday, and goes over the end of a year', () => {
    const [october, november] = calendars();
    expect(october?.weeks[0]?.map((day) => day?.date.slice(8) ?? '')).toEqual(['', '', '', '01', '02', '03', '04']);
    expect(october?.weeks.every((week) => week.length === 7)).toBe(true);
    expect(november?.weeks[0]?.findIndex((day) => day !== null)).toBe(6);
    const last = monthCalendars({ taken: [], timeZone, now: new Date('2026-12-05T00:00:00Z'), months: 3 }).at(-1);
    expect(last?.month).toBe('2027-02');
    expect(last?.weeks).toHaveLength(4);
  });

  it('is past by the calendar of the listing, not by UTC', () => {
    const days = daysOf([]);
    expect(days.get('2026-10-14')?.state).toBe('past');
    expect(days.get('2026-10-15')?.state).toBe('free');
  });

  it('tells what is taken of a day, by its own clock', () => {
    const days = daysOf([{ startsAt: '2026-10-20T07:00:00Z', endsAt: '2026-10-20T09:30:00Z' }]);
    expect(days.get('2026-10-20')).toEqual({
      date: '2026-10-20',
      state: 'partly',
      taken: [{ from: '10:00', to: '12:30' }],
    });
    expect(days.get('2026-10-21')?.state).toBe('free');
  });

  it('knows a day that is taken whole, also by bookings that follow one another and where it has 25 hours', () => {
    const days = daysOf([
      { startsAt: '2026-10-24T18:00:00Z', endsAt: '2026-10-25T10:00:00Z' },
      { startsAt: '2026-10-25T10:00:00Z', endsAt: '2026-10-25T22:00:00Z' },
    ]);
    expect(days.get('2026-10-24')).toMatchObject({ state: 'partly', taken: [{ from: '21:00', to: '24:00' }] });
    expect(days.get('2026-10-25')?.state).toBe('taken');
    expect(days.get('2026-10-26')?.state).toBe('free');
    const short = daysOf([{ startsAt: '2026-10-24T21:00:00Z', endsAt: '2026-10-25T21:00:00Z' }]);
    expect(short.get('2026-10-25')?.state).toBe('partly');
  });
});
