import type { SqlExecutor } from '@convene/coordination';
import type { Logger } from './logger';
import { schedules } from './maintenance/schedules';
import type { ObservedWorker } from './queues/backend';

/** A job is taken up within milliseconds: one that waits for so long, with nobody at work, was not heard of. */
const MISSED_AFTER_MS = 10_000;
/** How long to wait for the next try: a connection that is made anew may lead nowhere as well. */
const NEXT_TRY_MS = [10_000, 10_000, 15_000, 30_000, 60_000, 600_000] as const;

/** BullMQ does not tell of the end of a job whose lock was lost: after so long without a word, none is in hand. */
const LONGEST_JOB_MS = 2 * 60_000;

/** For how long none of the workers has had a job in hand. */
export const watchActivity = (
  workers: Pick<ObservedWorker, 'on'>[],
  nowMs: () => number = () => performance.now(),
): { idleMs: () => number } => {
  let inHand = 0;
  let lastMs = nowMs();
  const note = (change: 1 | -1) => () => {
    // A job that BullMQ itself gives up fails without having been in hand.
    inHand = Math.max(0, inHand + change);
    lastMs = nowMs();
  };
  for (const worker of workers) {
    worker.on('active', note(1));
    worker.on('completed', note(-1));
    worker.on('failed', note(-1));
  }
  return {
    idleMs: () => {
      const sinceMs = nowMs() - lastMs;
      return inHand > 0 && sinceMs < LONGEST_JOB_MS ? 0 : sinceMs;
    },
  };
};

/** Is there a job that was added that long ago and is not done? Asked of Postgres, where asking costs no command. */
export const hasWaitingWork = async (sql: SqlExecutor, afterSeconds: number): Promise<boolean> => {
  const { rows } = await sql.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM notification_outbox
                    WHERE status = 'relayed' AND relayed_at < now() - make_interval(secs => $1))
         OR EXISTS (SELECT 1 FROM job_runs
                    WHERE name = ANY ($2) AND status = 'due' AND due_at < now() - make_interval(secs => $1)) AS waits`,
    [afterSeconds, Object.keys(schedules)],
  );
  return rows[0]?.waits ?? false;
};

/**
 * Finds out that a worker waits on a connection over which nothing comes any more. Neither it nor TCP can tell that
 * from a queue without jobs, and asking the server every minute would cost more commands than an idle day may. Postgres
 * knows of the jobs: where one waits while nobody works, the workers are woken over new connections.
 */
export const watchMissedJobs = ({
  sql,
  activity,
  wakeWorkers,
  isPaused,
  pollMs,
  logger,
}: {
  sql: SqlExecutor;
  activity: { idleMs: () => number };
  wakeWorkers: () => Promise<void>;
  /** Jobs that wait because nothing can be sent, or the server is known to be away, were not missed. */
  isPaused: () => boolean;
  pollMs: number;
  logger: Logger;
}): { stop: () => void } => {
  let tries = 0;
  let notBeforeMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const poll = async (): Promise<void> => {
    if (activity.idleMs() < MISSED_AFTER_MS || isPaused() || !(await hasWaitingWork(sql, MISSED_AFTER_MS / 1_000))) {
      tries = 0;
      notBeforeMs = 0;
      return;
    }
    if (stopped || performance.now() < notBeforeMs) return;
    logger.info({ tries }, 'a job waits and no worker has heard of it: they look for it over new connections');
    notBeforeMs = performance.now() + (NEXT_TRY_MS[tries] ?? NEXT_TRY_MS.at(-1) ?? 0);
    tries += 1;
    await wakeWorkers();
  };

  const loop = async (): Promise<void> => {
    try {
      await poll();
    } catch (error) {
      // Postgres or the queue is away: their own handlers say so.
      logger.debug({ err: error }, 'could not look for missed jobs');
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
