import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { queueRedisAddress } from '@convene/common';
import { type OutboxRelay, startOutboxRelay } from '@convene/outbox';
import type { Job, Worker } from 'bullmq';
import { type WorkerSettings, workerSettings } from './config/workerSettings';
import { createMailer } from './email';
import type { WorkerEnv } from './env';
import { startHealthServer, type WorkerState } from './health';
import type { Logger } from './logger';
import { createDelivery } from './mail/deliver';
import { createSendGate } from './mail/sendGate';
import { lastBeat } from './maintenance/heartbeat';
import { addMaintenanceJobs, runSchedules } from './maintenance/runSchedules';
import { createMetrics, type WorkerMetrics } from './metrics';
import { createPostgres } from './postgres';
import { createMaintenanceWorker } from './processors/maintenance';
import { createNotificationsWorker } from './processors/notifications';
import { createQueues } from './queues/index';
import { createRedis } from './redis';
import { watchStalledJobs } from './stalledJobs';

export type RunningWorker = {
  state: () => WorkerState;
  /** Where /health answers: of use where PORT is 0. */
  port: number;
  /** Takes no more jobs, ends those in hand within the deadline, closes everything. */
  stop: () => Promise<void>;
};

const observe = (worker: Worker, metrics: WorkerMetrics): void => {
  const record = (outcome: string) => (job: Job | undefined) => {
    if (job?.processedOn === undefined) return;
    const seconds = ((job.finishedOn ?? Date.now()) - job.processedOn) / 1000;
    metrics.jobs.observe({ queue: worker.name, outcome }, seconds);
  };
  worker.on('completed', record('completed'));
  worker.on('failed', record('failed'));
};

/** Resolves with whether the work ended in time. */
const withinMs = async (work: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  const timeout = new AbortController();
  try {
    return await Promise.race([
      work.then(() => true),
      sleep(milliseconds, false, { signal: timeout.signal }).catch(() => false),
    ]);
  } finally {
    timeout.abort();
  }
};

/**
 * Puts the worker together. Neither Redis nor Postgres needs to be there yet: it waits for both, and says so.
 *
 * @param overrides numbers other than the environment's, for tests
 */
export const startWorker = async ({
  env,
  logger,
  overrides = {},
}: {
  env: WorkerEnv;
  logger: Logger;
  overrides?: Partial<WorkerSettings>;
}): Promise<RunningWorker> => {
  const settings: WorkerSettings = { ...workerSettings(env), ...overrides };
  const processName = `${hostname()}-${process.pid}`;
  const stopping = new AbortController();
  let isStopping = false;

  const redis = createRedis({ address: queueRedisAddress(env), logger });
  const { connection } = redis;
  const maxConnections = settings.notifications.concurrency + settings.maintenance.concurrency + 4;
  const postgres = createPostgres({ connectionString: env.DATABASE_URL, logger, maxConnections });
  const sql = postgres.patientSql(stopping.signal);
  const queues = createQueues(redis);

  const gate = createSendGate({
    logger,
    // Not waited for: the job that closes it is one of those that pausing would wait for.
    onClose: () => void notifications.pause(true),
    onOpen: () => void notifications.resume(),
  });
  const relayRef: { relay?: OutboxRelay } = {};
  const relayState = () =>
    relayRef.relay?.state() ?? { listening: false, relayed: 0, swept: 0, lastPassAt: null, lastError: null };
  const metrics = createMetrics({ redis, gate, sql: postgres.sql, relayState });
  const deliver = createDelivery({
    mailer: createMailer(env, { timeoutMs: settings.resendTimeoutMs }),
    gate,
    logger,
    requestsPerSecond: env.RESEND_REQUESTS_PER_SECOND,
    holder: processName,
    onMail: (labels) => metrics.mails.inc(labels),
  });
  const notifications = createNotificationsWorker({
    connection,
    settings,
    deliver,
    sql,
    stopping: stopping.signal,
    logger,
    onPostponed: () => void relayRef.relay?.wake(),
  });
  const maintenance = createMaintenanceWorker({ connection, settings, sql, logger });
  const workers: Worker[] = [notifications, maintenance];
  for (const worker of workers) observe(worker, metrics);

  const relay = startOutboxRelay({
    pool: postgres.pool,
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    addJobs: queues.addNotifications,
    logger: logger.child({ part: 'relay' }),
    sweepIntervalMs: settings.sweepIntervalMs,
  });
  relayRef.relay = relay;
  redis.onReady(() => void relay.wake());
  const schedules = runSchedules(
    { sql: postgres.sql, logger, addJobs: addMaintenanceJobs(queues.maintenance, redis.isReady) },
    processName,
  );
  const stalled = watchStalledJobs({
    sql: postgres.sql,
    checks: {
      notifications: () => notifications.backend.moveStalledJobsToWait(),
      maintenance: () => maintenance.backend.moveStalledJobsToWait(),
    },
    lockDurationMs: settings.notifications.lockDurationMs,
    pollMs: settings.stalledPollMs,
    isPaused: () => gate.closedForSeconds() > 0 || !redis.isReady(),
    logger,
  });

  const state = (): WorkerState => ({
    redis: redis.state(),
    postgres: postgres.state(),
    relay: relay.state(),
    sending: gate.state(),
    stopping: isStopping,
  });
  const health = await startHealthServer({ port: env.PORT, logger, state, metrics });
  const address = health.server.address();
  const port = typeof address === 'object' && address ? address.port : env.PORT;
  logger.info({ port, concurrency: settings.notifications.concurrency }, 'worker started');

  const stop = async (): Promise<void> => {
    isStopping = true;
    schedules.stop();
    stalled.stop();
    gate.dispose();
    // The last moment at which a job in hand may still begin a call to Resend.
    const lastCallMs = Math.max(0, settings.shutdownDeadlineMs - settings.resendTimeoutMs);
    const lastCall = setTimeout(() => stopping.abort(), lastCallMs);
    const closing = Promise.all([relay.stop(), ...workers.map((worker) => worker.close())]);
    // Without Redis no job is in hand and there is nobody to say goodbye to.
    const inTime = await withinMs(closing, redis.isReady() ? settings.shutdownDeadlineMs : 1_000);
    clearTimeout(lastCall);
    stopping.abort();
    if (!inTime) logger.warn('jobs in hand did not end in time; another worker takes them up');
    await withinMs(
      lastBeat(postgres.sql, processName).catch(() => undefined),
      1_000,
    );
    await withinMs(Promise.all([health.close(), queues.close()]), 1_000);
    await withinMs(Promise.all([redis.close(), postgres.close()]), 2_000);
    logger.info('worker stopped');
  };

  return { state, port, stop };
};
