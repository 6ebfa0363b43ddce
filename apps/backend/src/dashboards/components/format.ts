const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const numberText = (value: number): string => whole.format(value);

/** Of nothing there is no part. */
export const shareText = (part: number, of: number): string => (of > 0 ? percent.format(part / of) : '–');

export const momentText = (value: Date | null): string => (value ? `${moment.format(value)} UTC` : '–');

/** "0.4 s", "2 min 5 s", "1 h 3 min" */
export const durationText = (ms: number | null): string => {
  if (ms === null) return '–';
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
