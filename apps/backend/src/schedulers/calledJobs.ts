import { createJobRun, type SqlExecutor, startJobRun, withLease } from '@convene/coordination';
import { relayPending, sweep } from '@convene/outbox';
import { relayCounterOutbox } from '../collections/Feed/counterOutbox';
import { logger } from '../utils/logger';
import { addNotificationJobs } from '../utils/notificationsQueue';
import { getPool } from '../utils/postgres';
import { feedJobs } from './feed';
import { type JobSummary, leaseOfJob, runAndKeepOutcome } from './jobRun';
import { mediaPurge } from './upkeep';

export type CalledJob = { name: string; run: () => Promise<JobSummary> };

/**
 * Runs a job now, whatever its interval: under the lease of its scheduled runs, with a row of its own in `job_runs`.
 *
 * @throws what the job threw; the row then says so
 */
export const runJobNow = async (
  job: CalledJob,
  { sql = getPool(), now = () => new Date() }: { sql?: SqlExecutor; now?: () => Date } = {},
): Promise<JobSummary> => {
  const outcome = await withLease(sql, leaseOfJob(job.name), async () => {
    const created = await createJobRun(sql, { name: job.name, period: `called ${now().toISOString()}` });
    if (!created || !(await startJobRun(sql, created.id))) return { ran: false };
    return runAndKeepOutcome(job, { id: created.id, sql, now, logger });
  });
  return outcome.held ? outcome.result : { ran: false };
};

const relayNotifications = async () => {
  const options = { pool: getPool(), addJobs: addNotificationJobs };
  const pending = await relayPending(options);
  const overdue = await sweep(options);
  return { ran: true, relayed: pending.relayed, addedAgain: overdue.relayed };
};

const relayCounters = async () => {
  const { recorded, gaveUp, retryInMs } = await relayCounterOutbox({ pool: getPool() });
  return { ran: true, recorded, gaveUp, retryInMs: retryInMs ?? null };
};

const scheduled = (name: string) => async (): Promise<JobSummary> => {
  const job = feedJobs().find((candidate) => candidate.name === name);
  if (!job) throw new Error(`there is no job ${name}`);
  return runJobNow(job);
};

/**
 * What a host without a long-lived process calls from outside, in place of the schedulers and the two relays. The
 * relays keep no row of each run: they are called every minute and need no lease, since each row is taken once.
 */
export const calledJobs: ReadonlyMap<string, () => Promise<JobSummary>> = new Map([
  ['flush', scheduled('feed:flush')],
  ['aggregate', scheduled('feed:aggregate')],
  ['rank', scheduled('feed:rank')],
  ['notifications-relay', relayNotifications],
  ['counter-relay', relayCounters],
  ['purge-uploads', () => runJobNow(mediaPurge)],
]);
