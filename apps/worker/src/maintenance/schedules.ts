import { pruneSchedule } from './prune';
import type { QueuedSchedule } from './types';

/** Every scheduled job. The name is that of its rows in `job_runs`. */
export const schedules = {
  prune: pruneSchedule,
} as const satisfies Record<string, QueuedSchedule>;

export const findSchedule = (name: string): QueuedSchedule | undefined =>
  Object.entries(schedules).find(([known]) => known === name)?.[1];

/** Every minute; runs in the process, since whether it lives can't be told by another. */
export const HEARTBEAT_CRON = '* * * * *';
