import type { SqlExecutor } from '@convene/coordination';
import type { WorkerEnv } from '../env';
import type { Logger } from '../logger';

export type MaintenanceSettings = Pick<WorkerEnv, 'ADMIN_DIGEST_TIME' | 'REDIS_DAILY_COMMAND_LIMIT'>;

/** Runs statements as one, all or none, after whoever else holds the lock of that name. May run them more than once. */
export type InTransaction = <T>(lock: string, work: (sql: SqlExecutor) => Promise<T>) => Promise<T>;

export type MaintenanceContext = {
  sql: SqlExecutor;
  inTransaction: InTransaction;
  logger: Logger;
  settings: MaintenanceSettings;
  now: () => Date;
};

/** What a schedule asks Postgres with. */
export type Asking = Pick<MaintenanceContext, 'sql' | 'settings' | 'now'>;

/** What a run is for. */
export type Due = {
  /** The time of the schedule, by which the run's period is told; the run itself may be later. */
  dueAt: Date;
};

/** A run that goes through the queue: once for each period over all processes, tried again when it fails. */
export type QueuedSchedule = {
  /** What it does, in a few words for people. */
  does: string;
  /** Minute, hour, day of month, month, day of week; in UTC. */
  cron: string;
  /** Where the environment says when: the cron line by it. */
  cronBy?: (settings: MaintenanceSettings) => string;
  /** After a stop, the latest run that was missed is made up for if it is not older than this. */
  catchUpHours: number;
  /** Asked first: without work neither a row nor a job is made. */
  hasWork: (context: Asking, due: Due) => Promise<boolean>;
  /** Does it, set by set; must be safe to run twice for one period. Answers what it did, kept with the run. */
  run: (context: MaintenanceContext, due: Due) => Promise<Record<string, unknown>>;
};
