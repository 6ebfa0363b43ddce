import type { Environment } from '../days';

type Settings = { concurrency: number; lockDuration: number; stalledInterval: number };

/** The founding document's numbers; `drainDelay` stays BullMQ's default of 5 s. */
const byEnvironment = {
  production: {
    notifications: { concurrency: 5, lockDuration: 60_000, stalledInterval: 60_000 },
    maintenance: { concurrency: 3, lockDuration: 60_000, stalledInterval: 60_000 },
  },
  staging: {
    notifications: { concurrency: 2, lockDuration: 120_000, stalledInterval: 120_000 },
    maintenance: { concurrency: 1, lockDuration: 120_000, stalledInterval: 120_000 },
  },
  development: {
    notifications: { concurrency: 1, lockDuration: 120_000, stalledInterval: 60_000 },
    maintenance: { concurrency: 1, lockDuration: 120_000, stalledInterval: 60_000 },
  },
} as const satisfies Record<Environment, Record<'notifications' | 'maintenance', Settings>>;

const common = { maxStalledCount: 2, limiter: { max: 2, duration: 1_000 } } as const;

export const baselineWorkerSettings = (environment: Environment) => ({
  notifications: { ...byEnvironment[environment].notifications, ...common },
  maintenance: { ...byEnvironment[environment].maintenance, ...common },
});

export const baselineJobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: { age: 24 * 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 24 * 3_600 },
} as const;
