import { type NotificationJob, notificationJobSchema, queueNames } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { QueueSettings, WorkerSettings } from '../config/workerSettings';
import type { Logger } from '../logger';
import type { Deliver } from '../mail/deliver';
import { abandonRow, type DeliveryOutcome } from '../mail/outcomes';
import type { JobWorker, QueueBackend } from '../queues/backend';

export type NotificationsWorkerOptions = {
  backend: Pick<QueueBackend, 'name' | 'factory' | 'drainDelaySeconds'>;
  settings: Pick<WorkerSettings, 'maxStalledCount' | 'stalledIntervalMs'> & {
    notifications: QueueSettings;
  };
  deliver: Deliver;
  /** Waits for Postgres while it is away. */
  sql: SqlExecutor;
  /** Aborts when jobs in hand must not wait any longer. */
  stopping: AbortSignal;
  logger: Logger;
  /** A row was put back for later: the relay wants to know when. */
  onPostponed: () => void;
};

const isLastAttempt = (job: Job): boolean => job.attemptsMade + 1 >= (job.opts.attempts ?? 1);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where there was nothing to do with a row: will it need a job again? */
const isStillOpen = {
  'no such row': false,
  'closed already': false,
  'not due yet': true,
  'another job has it in hand': true,
} as const satisfies Record<Extract<DeliveryOutcome, { outcome: 'nothing-to-do' }>['why'], boolean>;

/** The one place that says what an outcome means to the queue. */
const settleJob = (job: Job<NotificationJob>, outcome: DeliveryOutcome): DeliveryOutcome => {
  if (outcome.outcome === 'closed' && outcome.status === 'dead') {
    // Kept among the failed jobs with its reason, where staff find it.
    throw new UnrecoverableError(outcome.error ?? 'no recipient could be written to');
  }
  if (outcome.outcome === 'postponed' || (outcome.outcome === 'nothing-to-do' && isStillOpen[outcome.why])) {
    // The queue refuses an id that it knows, a finished one's too: forget this job, its row comes back by the relay.
    job.opts.removeOnComplete = true;
  }
  return outcome;
};

/** Turns a job into a delivery: the row says everything else. */
export const createNotificationsProcessor =
  ({ deliver, sql, stopping, logger, onPostponed }: Omit<NotificationsWorkerOptions, 'backend' | 'settings'>) =>
  async (job: Job<NotificationJob>, token?: string): Promise<DeliveryOutcome> => {
    const parsed = notificationJobSchema.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError('the job names no row of the outbox');
    const { outboxId } = parsed.data;
    const log = logger.child({ jobId: job.id });
    let outcome: DeliveryOutcome;
    try {
      outcome = await deliver(sql, { outboxId, signal: stopping });
    } catch (error) {
      if (stopping.aborted) {
        // Given back untouched: the next worker takes it, and no attempt is used up.
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (isLastAttempt(job)) await abandonRow(sql, { id: outboxId, reason: messageOf(error) });
      throw error;
    }
    log.debug({ outboxId, ...outcome }, 'notification handled');
    if (outcome.outcome === 'postponed') onPostponed();
    return settleJob(job, outcome);
  };

/** The worker of the queue `notifications`. It has no limiter: the rate is one for all queues and processes. */
export const createNotificationsWorker = (
  options: NotificationsWorkerOptions,
): JobWorker<NotificationJob, DeliveryOutcome> => {
  const { backend, settings, sql, logger } = options;
  const workerOptions = {
    // The factory has the connection.
    connection: backend.name,
    concurrency: settings.notifications.concurrency,
    lockDuration: settings.notifications.lockDurationMs,
    maxStalledCount: settings.maxStalledCount,
    stalledInterval: settings.stalledIntervalMs,
    skipStalledCheck: true, // stalledJobs.ts checks when Postgres knows of a reason
    drainDelay: backend.drainDelaySeconds,
  };
  const worker: JobWorker<NotificationJob, DeliveryOutcome> = new Worker(
    queueNames.notifications,
    createNotificationsProcessor(options),
    workerOptions,
    backend.factory,
  );
  worker.on('failed', (job, error) => {
    const isFinal = job?.finishedOn !== undefined;
    logger[isFinal ? 'error' : 'warn']({ jobId: job?.id, err: error, isFinal }, 'notification job failed');
    if (!job || !isFinal) return;
    // A job that BullMQ itself gives up, for having lost its worker too often, closes its row here.
    const parsed = notificationJobSchema.safeParse(job.data);
    if (!parsed.success) return;
    abandonRow(sql, { id: parsed.data.outboxId, reason: error.message }).catch((cause: unknown) => {
      logger.error({ jobId: job.id, err: cause }, 'the row of a failed job could not be closed');
    });
  });
  worker.on('stalled', (jobId) => logger.warn({ jobId }, 'job taken up again: its worker was lost'));
  worker.on('error', (error) => logger.debug({ err: error }, 'notifications worker'));
  return worker;
};
