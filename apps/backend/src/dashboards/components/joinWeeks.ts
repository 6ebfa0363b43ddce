export type Bar = { label: string; values: Record<string, number> };

const WEEK = 7;

/** Sums of seven bars each, counted back from the last one, by the label of the first; what is left over is the first. */
export const joinWeeks = (bars: Bar[]): Bar[] => {
  const weeks: Bar[] = [];
  for (let end = bars.length; end > 0; end -= WEEK) {
    const days = bars.slice(Math.max(0, end - WEEK), end);
    const values: Record<string, number> = {};
    for (const day of days) {
      for (const [key, value] of Object.entries(day.values)) values[key] = (values[key] ?? 0) + value;
    }
    weeks.unshift({ label: days[0]?.label ?? '', values });
  }
  return weeks;
};
