import { describe, expect, it } from 'vitest';
import { eventDay, formatEventTimes } from './eventDates';
import { formatMoney } from './price';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f\u2009]/g, ' ');

describe('formatMoney', () => {
  it('shows cents only where there are some, in the manner of the language', () => {
    expect(plain(formatMoney(4_500, 'EUR', 'en'))).toBe('€45');
    expect(plain(formatMoney(4_550, 'EUR', 'en'))).toBe('€45.50');
    expect(plain(formatMoney(123_450, 'RON', 'ro'))).toBe('1.234,50 RON');
    expect(plain(formatMoney(5, 'GBP', 'en'))).toBe('£0.05');
  });
});

describe('the dates of an event', () => {
  const timeZone = 'Europe/Bucharest';

  it('are those of its own zone, with the zone named', () => {
    const evening = { startsAt: '2027-01-15T22:30:00.000Z', endsAt: '2027-01-16T01:00:00.000Z', timeZone };
    expect(formatEventTimes(evening, 'en')).toEqual({
      date: 'Sat, 16 January 2027',
      time: '00:30 – 03:00',
      zone: 'EET',
    });
    expect(eventDay(evening, 'en')).toEqual({ day: '16', month: 'Jan', weekday: 'Sat' });
  });

  it('know summer time', () => {
    const summer = { startsAt: '2027-07-15T16:00:00.000Z', endsAt: '2027-07-15T18:00:00.000Z', timeZone };
    expect(formatEventTimes(summer, 'en')).toMatchObject({ time: '19:00 – 21:00', zone: 'EEST' });
  });

  it('are one date for a night, two for a weekend', () => {
    const night = { startsAt: '2027-01-15T20:00:00.000Z', endsAt: '2027-01-16T02:00:00.000Z', timeZone };
    expect(formatEventTimes(night, 'en').date).toBe('Fri, 15 January 2027');
    const weekend = { startsAt: '2027-01-15T16:00:00.000Z', endsAt: '2027-01-17T14:00:00.000Z', timeZone };
    expect(formatEventTimes(weekend, 'en').date).toBe('Fri, 15 January 2027 – Sun, 17 January 2027');
  });

  it('are shown in UTC where the zone is unknown', () => {
    const odd = { startsAt: '2027-01-15T20:00:00.000Z', endsAt: '2027-01-15T22:00:00.000Z', timeZone: 'Mars/Olympus' };
    expect(formatEventTimes(odd, 'ro')).toMatchObject({ time: '20:00 – 22:00', zone: 'UTC' });
  });
});
