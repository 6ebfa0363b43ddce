import type { SqlExecutor } from '@convene/coordination';
import type { Logger } from './logger';
import { schedules } from './maintenance/schedules';

/** Looks for jobs without a lock and moves them back; BullMQ needs two such checks to free one. */
export type StalledCheck = () => Promise<unknown>;

type Watched = { notifications: boolean; maintenance: boolean };

/** Is a job under way for so long that its worker may be dead? Asked of Postgres, where asking costs no command. */
export const findOverdueWork = async (sql: SqlExecutor, afterSeconds: number): Promise<Watched> => {
  const { rows } = await sql.query<Watched>(
    `SELECT EXISTS (SELECT 1 FROM notification_outbox
                    WHERE status = 'relayed' AND relayed_at < now() - make_interval(secs => $1)) AS notifications,
            EXISTS (SELECT 1 FROM job_runs
                    WHERE name = ANY ($2) AND status = 'running'
                      AND started_at < now() - make_interval(secs => $1)) AS maintenance`,
    [afterSeconds, Object.keys(schedules)],
  );
  return rows[0] ?? { notifications: false, maintenance: false };
};

/** How long after a worker's lock its jobs are still looked for. */
const SLACK_SECONDS = 15;

/**
 * Did another worker end without saying so? Then a job may still seem to be in its hands whose row is closed already,
 * and which `findOverdueWork` knows nothing of. One that has just started can't tell who lives, and takes any other for
 * its dead predecessor.
 */
export const findLostWorkers = async (
  sql: SqlExecutor,
  { processName, hasJustStarted }: { processName: string; hasJustStarted: boolean },
): Promise<boolean> => {
  const { rows } = await sql.query<{ lost: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM leases
                    WHERE name LIKE 'worker:%' AND holder <> $1 AND (expires_at < now() OR $2)) AS lost`,
    [processName, hasJustStarted],
  );
  return rows[0]?.lost ?? false;
};

/** Those whose jobs have been looked for long enough. */
const forgetLostWorkers = async (sql: SqlExecutor, afterSeconds: number): Promise<void> => {
  await sql.query(`DELETE FROM leases WHERE name LIKE 'worker:%' AND expires_at < now() - make_interval(secs => $1)`, [
    afterSeconds,
  ]);
};

/** After this many checks in a row, only every twelfth poll checks: something else than a dead worker is the matter. */
const PATIENT_CHECKS = 60;
const SLOW_EVERY = 12;

/**
 * Frees jobs whose worker died, within lockDuration + 15 s. BullMQ's own timer would check day and night, one script
 * each time; this one checks only while Postgres knows of work that is overdue, so an idle worker sends nothing.
 */
export const watchStalledJobs = ({
  sql,
  checks,
  lockDurationMs,
  pollMs,
  processName,
  isPaused,
  logger,
}: {
  sql: SqlExecutor;
  checks: Record<keyof Watched, StalledCheck>;
  lockDurationMs: number;
  pollMs: number;
  /** Under which this process tells that it lives. */
  processName: string;
  /** Jobs that wait because nothing can be sent are no sign of a dead worker. */
  isPaused: () => boolean;
  logger: Logger;
}): { stop: () => void } => {
  const searchSeconds = lockDurationMs / 1_000 + SLACK_SECONDS;
  const startedAt = performance.now();
  let inARow = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const poll = async (): Promise<void> => {
    // Half of the lock's time: the first of the two checks is done when the lock ends.
    const overdue = await findOverdueWork(sql, lockDurationMs / 2_000);
    const hasJustStarted = performance.now() - startedAt < searchSeconds * 1_000;
    const hasLostWorkers = await findLostWorkers(sql, { processName, hasJustStarted });
    const wanted = {
      notifications: (overdue.notifications || hasLostWorkers) && !isPaused(),
      maintenance: overdue.maintenance || hasLostWorkers,
    };
    inARow = wanted.notifications || wanted.maintenance ? inARow + 1 : 0;
    if (inARow > PATIENT_CHECKS && inARow % SLOW_EVERY !== 0) return;
    if (wanted.notifications) await checks.notifications();
    if (wanted.maintenance) await checks.maintenance();
    if (hasLostWorkers && wanted.notifications) await forgetLostWorkers(sql, searchSeconds);
  };

  const loop = async (): Promise<void> => {
    try {
      await poll();
    } catch (error) {
      // Postgres or Redis is away: their own handlers say so, and no job can be freed without them.
      logger.debug({ err: error }, 'could not look for lost jobs');
    }
    if (!stopped) timer = setTimeout(() => void loop(), pollMs);
  };
  timer = setTimeout(() => void loop(), pollMs);

  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
