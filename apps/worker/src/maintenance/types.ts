import type { JobRun, SqlExecutor } from '@convene/coordination';
import type { Logger } from '../logger';

export type MaintenanceContext = { sql: SqlExecutor; logger: Logger };

/** A run that goes through the queue: once for each period over all processes, tried again when it fails. */
export type QueuedSchedule = {
  /** Minute, hour, day of month, month, day of week; in UTC. */
  cron: string;
  /** After a stop, the latest run that was missed is made up for if it is not older than this. */
  catchUpHours: number;
  /** Asked first: without work neither a row nor a job is made. */
  hasWork: (context: MaintenanceContext) => Promise<boolean>;
  /** Does it, set by set; must be safe to run twice for one period. Answers what it did, kept with the run. */
  run: (context: MaintenanceContext, jobRun: JobRun) => Promise<Record<string, unknown>>;
};
