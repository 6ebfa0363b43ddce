const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, in the largest unit that fits: "5 min", "3 h", "12 d". */
export const ageOf = (since: Date, now: Date): string => {
  const ms = Math.max(0, now.getTime() - since.getTime());
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${Math.floor(ms / DAY_MS)} d`;
};

/** People expect an answer within a day, and give up within three. */
export const toneOf = (since: Date | null, now: Date): 'calm' | 'waiting' | 'late' => {
  if (!since) return 'calm';
  return now.getTime() - since.getTime() > 3 * DAY_MS ? 'late' : 'waiting';
};
