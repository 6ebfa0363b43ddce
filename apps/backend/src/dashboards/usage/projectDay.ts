import type { DayShape } from './readUsage';

/** Before this much of a day, nothing can be said without a day before it. */
const LEAST_SHARE = 1 / 24;
/** As much of yesterday as today's pace must outweigh: at midnight yesterday says it all. */
const TRUST_IN_YESTERDAY = 0.05;
/** From here on staff are warned. */
export const WARN_SHARE = 0.8;

/**
 * How many commands today will have had at its end: what was sent, and what yesterday sent after this time of day,
 * faster or slower by as much as today is ahead of yesterday so far. Without a yesterday, at the pace of today.
 *
 * @param dayShare how much of the day is over, 0 to 1
 * @returns null where nothing can be said yet
 */
export const projectDay = ({
  sent,
  dayShare,
  yesterday,
}: {
  sent: number;
  dayShare: number;
  yesterday: DayShape | null;
}): number | null => {
  if (!yesterday || yesterday.total === 0) return dayShare < LEAST_SHARE ? null : Math.round(sent / dayShare);
  const trust = yesterday.total * TRUST_IN_YESTERDAY;
  const pace = (sent + trust) / (yesterday.untilNow + trust);
  return Math.round(sent + (yesterday.total - yesterday.untilNow) * pace);
};

/** How a number of commands stands to the limit of a day. */
export const budgetTone = (commands: number, limit: number): 'calm' | 'waiting' | 'late' => {
  if (commands >= limit) return 'late';
  return commands >= limit * WARN_SHARE ? 'waiting' : 'calm';
};
