import { dateTimeFormat } from '@convene/common/formatters';
import type { Locale } from '@convene/common/listings';

export type EventTimes = { startsAt: string; endsAt: string; timeZone: string };

const tagOf = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'ro-RO');

/** Is it a zone that this runtime knows? A listing with a misspelt one is shown in UTC rather than not at all. */
const knownZone = (timeZone: string): string => {
  try {
    return dateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

/** The day on which an event starts, in its own zone, in pieces for a calendar leaf. */
export const eventDay = ({ startsAt, timeZone }: EventTimes, locale: Locale) => {
  const zone = knownZone(timeZone);
  const start = new Date(startsAt);
  const part = (options: Intl.DateTimeFormatOptions) =>
    dateTimeFormat(tagOf(locale), { timeZone: zone, ...options }).format(start);
  return { day: part({ day: 'numeric' }), month: part({ month: 'short' }), weekday: part({ weekday: 'short' }) };
};

const dayOf = (moment: Date, timeZone: string): string =>
  dateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(moment);

/**
 * When an event takes place, in its own zone and with the zone's name: a date and two times where it ends on the day
 * it starts (or in the small hours after it), else two dates with their times.
 */
export const formatEventTimes = (
  { startsAt, endsAt, timeZone }: EventTimes,
  locale: Locale,
): { date: string; time: string; zone: string } => {
  const zone = knownZone(timeZone);
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  const tag = tagOf(locale);
  const date = dateTimeFormat(tag, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const time = dateTimeFormat(tag, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const name = dateTimeFormat(tag, { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(start)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const isOneEvening =
    dayOf(start, zone) === dayOf(new Date(end.getTime() - 6 * 3_600_000), zone) ||
    dayOf(start, zone) === dayOf(end, zone);
  return {
    date: isOneEvening ? date.format(start) : `${date.format(start)} – ${date.format(end)}`,
    time: `${time.format(start)} – ${time.format(end)}`,
    zone: name ?? zone,
  };
};

/** The date alone, short, for a card. */
export const formatEventDay = ({ startsAt, timeZone }: EventTimes, locale: Locale): string =>
  dateTimeFormat(tagOf(locale), {
    timeZone: knownZone(timeZone),
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(startsAt));

/** A day in UTC, for "updated on". */
export const formatDay = (iso: string, locale: Locale): string =>
  dateTimeFormat(tagOf(locale), { timeZone: 'UTC', dateStyle: 'medium' }).format(new Date(iso));

/** A day and a time for messages: by the reader's own clock, or in UTC and with its name where that is not known. */
export const formatMoment = (iso: string, locale: Locale, timeZone?: string): string =>
  dateTimeFormat(tagOf(locale), {
    timeZone: timeZone ?? 'UTC',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone ? {} : { timeZoneName: 'short' }),
  }).format(new Date(iso));
