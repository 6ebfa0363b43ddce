import type { WeeklyCount } from '@convene/common';

/** A count with its thousands set apart. */
export const formatCount = (count: number, separator: ',' | '.'): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, separator);

/** How a number compares with the one before; a share of nothing says nothing, so from nothing it is how many. */
export type Change =
  | { kind: 'same' }
  | { kind: 'first'; by: number }
  | { kind: 'more'; percent: number }
  | { kind: 'less'; percent: number };

export const changeOf = ({ week, weekBefore }: WeeklyCount): Change => {
  if (week === weekBefore) return { kind: 'same' };
  if (weekBefore === 0) return { kind: 'first', by: week };
  // A change is never told as none.
  const percent = Math.max(1, Math.round((Math.abs(week - weekBefore) / weekBefore) * 100));
  return { kind: week > weekBefore ? 'more' : 'less', percent };
};

/** A change in a few characters: `+12%`, `−13%`, `±0%`, and `+3` after none. */
export const formatChange = (change: Change, separator: ',' | '.'): string => {
  switch (change.kind) {
    case 'same':
      return '±0%';
    case 'first':
      return `+${formatCount(change.by, separator)}`;
    case 'more':
      return `+${formatCount(change.percent, separator)}%`;
    case 'less':
      return `\u2212${formatCount(change.percent, separator)}%`;
  }
};

/** How long something waits, in its largest unit: `45 s`, `12 min`, `3 h`, `2 d`. The symbols need no translation. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
};
