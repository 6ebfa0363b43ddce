import type { WeeklyCount } from '@convene/common';

/** A count with its thousands set apart. */
export const formatCount = (count: number, separator: ',' | '.'): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, separator);

/** How a number compares with the one before; a share of nothing says nothing, so from nothing it is `first`. */
export type Change = { kind: 'same' } | { kind: 'first' } | { kind: 'more' | 'less'; percent: number };

export const changeOf = ({ week, weekBefore }: WeeklyCount): Change => {
  if (week === weekBefore) return { kind: 'same' };
  if (weekBefore === 0) return { kind: 'first' };
  // A change is never told as none.
  const percent = Math.max(1, Math.round((Math.abs(week - weekBefore) / weekBefore) * 100));
  return { kind: week > weekBefore ? 'more' : 'less', percent };
};

/** How long something waits, in its largest unit: `45 s`, `12 min`, `3 h`, `2 d`. The symbols need no translation. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
};
