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
  isPaused,
  logger,
}: {
  sql: SqlExecutor;
  checks: Record<keyof Watched, StalledCheck>;
  lockDurationMs: number;
  pollMs: number;
  /** Jobs that wait because nothing can be sent are no sign of a dead worker. */
  isPaused: () => boolean;
  logger: Logger;
}): { stop: () => void } => {
  let inARow = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const poll = async (): Promise<void> => {
    // Half of the lock's time: the first of the two checks is done when the lock ends.
    const overdue = await findOverdueWork(sql, lockDurationMs / 2_000);
    const wanted = {
      notifications: overdue.notifications && !isPaused(),
      maintenance: overdue.maintenance,
    };
    inARow = wanted.notifications || wanted.maintenance ? inARow + 1 : 0;
    if (inARow > PATIENT_CHECKS && inARow % SLOW_EVERY !== 0) return;
    if (wanted.notifications) await checks.notifications();
    if (wanted.maintenance) await checks.maintenance();
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
