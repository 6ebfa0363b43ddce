import { addUtcDays, DAY_MS, type UtcDay, utcDayOf } from '@convene/common';
import { Cron } from 'croner';
import type { MaintenanceSettings, QueuedSchedule } from './types';

/** When the schedule is due, as this environment has it. */
export const cronOf = ({ cron, cronBy }: Pick<QueuedSchedule, 'cron' | 'cronBy'>, settings: MaintenanceSettings) =>
  cronBy?.(settings) ?? cron;

/** The time of the latest run, at or before `now`. */
export const latestDue = (cron: string, now: Date): Date | null => {
  const job = new Cron(cron, { timezone: 'UTC', paused: true });
  // croner looks strictly before the moment that it is given.
  const [latest] = job.previousRuns(1, new Date(now.getTime() + 1_000));
  job.stop();
  return latest ?? null;
};

/** How a run's row names its period: by the time that it was due; one by hand by when it was asked for as well. */
export const periodOf = (dueAt: Date, byHandAt?: Date): string =>
  byHandAt ? `${dueAt.toISOString()} by hand ${byHandAt.toISOString()}` : dueAt.toISOString();

/**
 * The time that a period names.
 *
 * @throws RangeError where it names none
 */
export const dueAtOf = (period: string): Date => {
  const dueAt = new Date(period.split(' ', 1)[0] ?? '');
  if (Number.isNaN(dueAt.getTime())) throw new RangeError(`the period ${period} names no time`);
  return dueAt;
};

/** The last UTC day that is over at that moment. */
export const lastWholeDay = (dueAt: Date): UtcDay => addUtcDays(utcDayOf(dueAt), -1);

/** The last week that is over at that moment, from Monday to Sunday in UTC. */
export const lastWholeWeek = (dueAt: Date): { firstDay: UtcDay; lastDay: UtcDay } => {
  const daysSinceMonday = (new Date(dueAt).getUTCDay() + 6) % 7;
  const monday = utcDayOf(dueAt.getTime() - daysSinceMonday * DAY_MS);
  return { firstDay: addUtcDays(monday, -7), lastDay: addUtcDays(monday, -1) };
};
