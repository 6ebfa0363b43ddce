import { hostname } from 'node:os';
import { UsageReporter } from '@convene/common';
import { onRequestFinished } from '@convene/common/requestTimes';
import { addRedisUsage } from '@convene/coordination';
import { type OutboxRelay, type OutboxRelayState, startOutboxRelay } from '@convene/outbox';
import { type WorkerSettings, workerSettings } from './config/workerSettings';
import { createMailer } from './email';
import type { WorkerEnv } from './env';
import { startHealthServer, type WorkerState } from './health';
import type { Logger } from './logger';
import { createDelivery } from './mail/deliver';
import { createSendGate } from './mail/sendGate';
import { lastBeat } from './maintenance/heartbeat';
import { createMaintenanceJobs, runSchedules } from './maintenance/runSchedules';
import { createMetrics, observeJobs } from './metrics';
import { watchActivity, watchMissedJobs } from './missedJobs';
import { createPostgres } from './postgres';
import { createMaintenanceWorker } from './processors/maintenance';
import { createNotificationsWorker } from './processors/notifications';
import { createQueueBackend } from './queues/createBackend';
import { createQueues } from './queues/index';
import { shutDown } from './shutdown';
import { watchStalledJobs } from './stalledJobs';

export type RunningWorker = {
  state: () => WorkerState;
  /** Where /health answers: of use where PORT is 0. */
  port: number;
  /** Takes no more jobs, ends those in hand within the deadline, closes everything. */
  stop: () => Promise<void>;
};

type Start = { env: WorkerEnv; logger: Logger; settings: WorkerSettings; processName: string; now: () => Date };

/** The connections. Neither server needs to be there yet. */
const connect = ({ env, logger, settings }: Start) => {
  const jobsInHand = settings.notifications.concurrency + settings.maintenance.concurrency;
  // Two workers, each with a connection on which it listens; what they ask is quickly answered.
  const queueBackend = createQueueBackend({ env, logger, maxConnections: 2 + Math.ceil(jobsInHand / 2) });
  const postgres = createPostgres({
    connectionString: env.DATABASE_URL,
    logger,
    // One for each job in hand, and some for relay, schedules and metrics.
    maxConnections: jobsInHand + 4,
  });
  return { queueBackend, postgres, queues: createQueues(queueBackend) };
};

type Connections = ReturnType<typeof connect>;

const notRelaying: OutboxRelayState = { listening: false, relayed: 0, swept: 0, lastPassAt: null, lastError: null };

/** What takes jobs: the two workers, and beside them the gate that stops them while no mail can be sent. */
const startProcessors = (
  start: Start,
  { queueBackend, postgres }: Connections,
  relay: () => OutboxRelay | undefined,
) => {
  const { env, logger, settings, processName, now } = start;
  const stopping = new AbortController();
  const sql = postgres.patientSql(stopping.signal);
  const gate = createSendGate({
    logger,
    // Not waited for: the job that closes it is one of those that pausing would wait for.
    onClose: () => void notifications.pause(true),
    onOpen: () => void notifications.resume(),
  });
  const relayState = () => relay()?.state() ?? notRelaying;
  const metrics = createMetrics({ queue: queueBackend, gate, sql: postgres.sql, relayState });
  const deliver = createDelivery({
    mailer: createMailer(env, { timeoutMs: settings.resendTimeoutMs }),
    gate,
    logger,
    requestsPerSecond: env.RESEND_REQUESTS_PER_SECOND * settings.shareOfRate,
    holder: processName,
    onMail: (labels) => metrics.mails.inc(labels),
  });
  const notifications = createNotificationsWorker({
    backend: queueBackend,
    settings,
    deliver,
    sql,
    stopping: stopping.signal,
    logger,
    onPostponed: () => void relay()?.wake(),
  });
  const slowSql = postgres.patientSql(stopping.signal, postgres.slowSql);
  const maintenance = createMaintenanceWorker({
    backend: queueBackend,
    settings,
    context: { sql: slowSql, inTransaction: postgres.patientTransaction(stopping.signal), settings: env, now },
    logger,
  });
  const workers = [notifications, maintenance];
  for (const worker of workers) observeJobs(worker, metrics);
  return { gate, metrics, notifications, maintenance, workers, stopping, relayState };
};

type Processors = ReturnType<typeof startProcessors>;

/** What makes jobs: the relay, the schedules; and the watches over those that got lost or were not heard of. */
const startProducers = (start: Start, { queueBackend, postgres, queues }: Connections, processors: Processors) => {
  const { env, logger, settings, processName, now } = start;
  const { sql } = postgres;
  const relay = startOutboxRelay({
    pool: postgres.pool,
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    addJobs: queues.addNotifications,
    logger: logger.child({ part: 'relay' }),
    sweepIntervalMs: settings.sweepIntervalMs,
  });
  const jobs = createMaintenanceJobs(queues.maintenance, queueBackend.isReady);
  const schedules = runSchedules({ sql: postgres.slowSql, settings: env, now, logger, jobs }, processName);
  postgres.onRecovered(() => void relay.wake());
  queueBackend.onReady(() => {
    void relay.wake();
    void schedules.lookBack();
  });
  const { notifications, maintenance, workers, gate } = processors;
  const isPaused = () => gate.closedForSeconds() > 0 || !queueBackend.isReady();
  const stalled = watchStalledJobs({
    sql,
    checks: {
      notifications: () => notifications.backend.moveStalledJobsToWait(),
      maintenance: () => maintenance.backend.moveStalledJobsToWait(),
    },
    lockDurationMs: settings.notifications.lockDurationMs,
    pollMs: settings.stalledPollMs,
    processName,
    isPaused,
    logger,
  });
  const missed = watchMissedJobs({
    sql,
    activity: watchActivity(workers),
    wakeWorkers: queueBackend.wakeWorkers,
    isPaused,
    pollMs: settings.missedPollMs,
    logger,
  });
  return { relay, schedules, stalled, missed };
};

/**
 * Puts the worker together. Neither the queues' server nor Postgres needs to be there yet: it waits for both, and says so.
 *
 * @param options.overrides numbers other than the environment's, for tests
 * @param options.now the clock of the schedules, for tests: what is due must not follow from when they run
 */
export const startWorker = async ({
  env,
  logger,
  overrides = {},
  now = () => new Date(),
}: {
  env: WorkerEnv;
  logger: Logger;
  overrides?: Partial<WorkerSettings>;
  now?: () => Date;
}): Promise<RunningWorker> => {
  const settings: WorkerSettings = { ...workerSettings(env), ...overrides };
  const start: Start = { env, logger, settings, processName: `${hostname()}-${process.pid}`, now };
  const connections = connect(start);
  const { queueBackend, postgres, queues } = connections;
  const producersRef: { current?: ReturnType<typeof startProducers> } = {};
  const processors = startProcessors(start, connections, () => producersRef.current?.relay);
  const producers = startProducers(start, connections, processors);
  producersRef.current = producers;
  const { relay, schedules, stalled, missed } = producers;
  const { gate, metrics, workers, stopping, relayState } = processors;

  let stopped: Promise<void> | undefined;
  const state = (): WorkerState => ({
    queue: queueBackend.state(),
    postgres: postgres.state(),
    relay: relayState(),
    sending: gate.state(),
    stopping: stopped !== undefined,
  });
  const endRequestTimes = onRequestFinished(metrics.observeRequest);
  const health = await startHealthServer({
    port: env.PORT,
    logger,
    state,
    metrics,
    metricsToken: env.METRICS_TOKEN,
    previewsToken: env.EMAIL_PREVIEWS_TOKEN,
  });
  const usage = new UsageReporter({
    counters: () => [...queueBackend.counters],
    send: async (report) => {
      await addRedisUsage(postgres.sql, { app: 'worker', report });
    },
    onError: (error) => logger.warn({ err: error }, 'the count of Redis commands is kept later'),
  });
  usage.start();
  logger.info(
    { port: health.port, queues: queueBackend.name, concurrency: settings.notifications.concurrency },
    'worker started',
  );

  const stopAll = async (): Promise<void> => {
    schedules.stop();
    stalled.stop();
    missed.stop();
    gate.dispose();
    // Without it no job can be ended, and BullMQ would wait for it.
    const hasQueue = queueBackend.isReady();
    const ended = await shutDown({
      jobs: Promise.all([relay.stop(), ...workers.map((worker) => worker.close())]),
      lastCall: () => stopping.abort(),
      // A call to Resend that begins now still ends in time.
      lastCallMs: Math.max(0, settings.shutdownDeadlineMs - settings.resendTimeoutMs),
      deadlineMs: hasQueue ? settings.shutdownDeadlineMs : 1_000,
      goodbyes: [
        () => lastBeat(postgres.sql, start.processName),
        health.close,
        async () => endRequestTimes(),
        queues.close,
        queueBackend.close,
        () => usage.stop(),
        postgres.close,
      ],
    });
    if (!ended && hasQueue) logger.warn('jobs in hand did not end in time; another worker takes them up');
    logger.info('worker stopped');
  };
  return {
    state,
    port: health.port,
    stop: () => {
      stopped ??= stopAll();
      return stopped;
    },
  };
};
