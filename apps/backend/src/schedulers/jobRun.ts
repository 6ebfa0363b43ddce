import { finishJobRun, type SqlExecutor } from '@convene/coordination';
import { instruments } from '../metrics/instruments';
import type { logger } from '../utils/logger';

/** `ran` is false where another process is at it; nothing was done then. The rest is what the job tells of itself. */
export type JobSummary = { ran: boolean };

const LEASE_TTL_SECONDS = 60;

/** Held by whoever runs that job, scheduled or called. */
export const leaseOfJob = (name: string) => ({ name: `schedule:${name}`, ttlSeconds: LEASE_TTL_SECONDS });

/**
 * Runs a job whose row in `job_runs` is started, and keeps its outcome there.
 *
 * @throws what the job threw
 */
export const runAndKeepOutcome = async <Summary>(
  job: { name: string; run: () => Promise<Summary> },
  { id, sql, now, logger: log }: { id: number; sql: SqlExecutor; now: () => Date; logger: Pick<typeof logger, 'info'> },
): Promise<Summary> => {
  const startedAt = now().getTime();
  const endTimer = instruments().jobRuns.startTimer({ job: job.name });
  try {
    const outcome = await job.run();
    await finishJobRun(sql, { id, status: 'done', outcome });
    endTimer({ outcome: 'done' });
    log.info({ job: job.name, durationMs: now().getTime() - startedAt, outcome }, 'a run is done');
    return outcome;
  } catch (error) {
    endTimer({ outcome: 'failed' });
    const message = error instanceof Error ? error.message : String(error);
    await finishJobRun(sql, { id, status: 'failed', error: message });
    throw error;
  }
};
