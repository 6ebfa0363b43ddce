import type { WorkerEnv } from '../env';

/** Which set of numbers applies. */
export type WorkerEnvironment = 'production' | 'staging' | 'development';

export const workerEnvironmentOf = (env: Pick<WorkerEnv, 'APP_ENV' | 'NODE_ENV'>): WorkerEnvironment =>
  env.APP_ENV ?? (env.NODE_ENV === 'production' ? 'production' : 'development');

export type QueueSettings = {
  /** Jobs in hand at once; an upper limit, since the rate of Resend's account decides how fast mails leave. */
  concurrency: number;
  /** How long a job stays ours without a sign of life; BullMQ renews it every half of that. */
  lockDurationMs: number;
};

type EnvironmentSettings = { notifications: QueueSettings; maintenance: QueueSettings };

const settingsByEnvironment = {
  production: {
    notifications: { concurrency: 5, lockDurationMs: 60_000 },
    maintenance: { concurrency: 3, lockDurationMs: 60_000 },
  },
  staging: {
    notifications: { concurrency: 2, lockDurationMs: 120_000 },
    maintenance: { concurrency: 1, lockDurationMs: 120_000 },
  },
  development: {
    notifications: { concurrency: 1, lockDurationMs: 120_000 },
    maintenance: { concurrency: 1, lockDurationMs: 120_000 },
  },
} as const satisfies Record<WorkerEnvironment, EnvironmentSettings>;

/** What is the same everywhere. */
const common = {
  /** A job that was lost by its worker this often kills workers: it is failed rather than tried again. */
  maxStalledCount: 2,
  /**
   * BullMQ's guard against checking for lost jobs too often; it takes two checks to free one. The checks themselves
   * run only while Postgres knows of a job that takes too long, see stalledJobs.ts.
   */
  stalledIntervalMs: 4_000,
  /** How often Postgres is asked whether a job takes too long. With two checks a job is free lockDuration + 10 s on. */
  stalledPollMs: 5_000,
  /** How often Postgres is asked whether a job waits that no worker has heard of. */
  missedPollMs: 5_000,
  /** Longest wait for an answer of Resend; well under the time for shutting down. */
  resendTimeoutMs: 15_000,
  /**
   * The part of the account's rate that is used. Calls that leave evenly spaced do not arrive so: a tenth of a second's
   * delay of one of them must not make one too many in any second.
   */
  shareOfRate: 0.9,
  /** How long jobs in hand may take to end after SIGTERM: under the 30 s that most hosts allow. */
  shutdownDeadlineMs: 25_000,
  /** How often the outbox is looked at where no notification of Postgres arrives, and swept. */
  sweepIntervalMs: 30_000,
} as const;

export type WorkerSettings = EnvironmentSettings & { [Name in keyof typeof common]: number };

/** The numbers that this process runs with. */
export const workerSettings = (env: Pick<WorkerEnv, 'APP_ENV' | 'NODE_ENV'>): WorkerSettings => ({
  ...settingsByEnvironment[workerEnvironmentOf(env)],
  ...common,
});
