import { dateTimeFormat } from '@convene/common/formatters';

const partsOf = (moment: Date, timeZone: string): Record<string, string> =>
  Object.fromEntries(
    dateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );

/** A moment as a clock on the wall in that zone shows it, `2026-05-31T18:30`: what a field for a day and a time holds. */
export const wallClockOf = (moment: Date, timeZone: string): string => {
  const { year = '', month, day, hour, minute } = partsOf(moment, timeZone);
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
};

const asIfUtc = (wallClock: string): number => Date.parse(`${wallClock}:00.000Z`);

/**
 * The moment at which a clock on the wall in that zone shows this; null for a text that is no day and time. Of an hour
 * that an autumn night has twice the first, of one that a spring night has not the time an hour on.
 */
export const instantOf = (wallClock: string, timeZone: string): Date | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wallClock)) return null;
  const wanted = asIfUtc(wallClock);
  if (Number.isNaN(wanted)) return null;
  const offsetAt = (ms: number) => asIfUtc(wallClockOf(new Date(ms), timeZone)) - ms;
  // The zone's offset a day before and a day after: where they differ, the clocks are changed in between.
  const candidates = [wanted - 86_400_000, wanted + 86_400_000].map((near) => wanted - offsetAt(near));
  const exact = candidates.filter((ms) => wallClockOf(new Date(ms), timeZone) === wallClock);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
};
