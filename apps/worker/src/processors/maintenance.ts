import { type MaintenanceJob, maintenanceJobSchema, queueNames } from '@convene/common';
import { finishJobRun, startJobRun } from '@convene/coordination';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { QueueSettings, WorkerSettings } from '../config/workerSettings';
import type { Logger } from '../logger';
import { dueAtOf } from '../maintenance/periods';
import { findSchedule } from '../maintenance/schedules';
import type { MaintenanceContext } from '../maintenance/types';
import type { JobWorker, QueueBackend } from '../queues/backend';

export type MaintenanceWorkerOptions = {
  backend: Pick<QueueBackend, 'name' | 'factory' | 'drainDelaySeconds'>;
  settings: Pick<WorkerSettings, 'maxStalledCount' | 'stalledIntervalMs'> & {
    maintenance: QueueSettings;
  };
  context: Omit<MaintenanceContext, 'logger'>;
  logger: Logger;
};

/** Runs what a row of `job_runs` names, and keeps in the row what came of it. */
export const createMaintenanceProcessor =
  ({ context, logger }: Pick<MaintenanceWorkerOptions, 'context' | 'logger'>) =>
  async (job: Job<MaintenanceJob>): Promise<Record<string, unknown>> => {
    const { sql } = context;
    const parsed = maintenanceJobSchema.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError('the job names no run');
    const id = parsed.data.jobRunId;
    const jobRun = await startJobRun(sql, id);
    if (!jobRun) return { skipped: 'done already, or there is no such run' };
    const schedule = findSchedule(jobRun.name);
    const log = logger.child({ jobId: job.id, schedule: jobRun.name, period: jobRun.period });
    if (!schedule) {
      const error = `no schedule is known by the name ${jobRun.name}`;
      await finishJobRun(sql, { id, status: 'failed', error });
      throw new UnrecoverableError(error);
    }
    try {
      const outcome = await schedule.run({ ...context, logger: log }, { dueAt: dueAtOf(jobRun.period) });
      await finishJobRun(sql, { id, status: 'done', outcome });
      log.info({ outcome }, 'maintenance done');
      return outcome;
    } catch (error) {
      const isLastAttempt = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      const message = error instanceof Error ? error.message : String(error);
      if (isLastAttempt) await finishJobRun(sql, { id, status: 'failed', error: message });
      throw error;
    }
  };

/** The worker of the queue `maintenance`. */
export const createMaintenanceWorker = (
  options: MaintenanceWorkerOptions,
): JobWorker<MaintenanceJob, Record<string, unknown>> => {
  const { backend, settings, logger } = options;
  const workerOptions = {
    // The factory has the connection.
    connection: backend.name,
    concurrency: settings.maintenance.concurrency,
    lockDuration: settings.maintenance.lockDurationMs,
    maxStalledCount: settings.maxStalledCount,
    stalledInterval: settings.stalledIntervalMs,
    skipStalledCheck: true, // stalledJobs.ts checks when Postgres knows of a reason
    drainDelay: backend.drainDelaySeconds,
  };
  const worker: JobWorker<MaintenanceJob, Record<string, unknown>> = new Worker(
    queueNames.maintenance,
    createMaintenanceProcessor(options),
    workerOptions,
    backend.factory,
  );
  worker.on('failed', (job, error) => {
    logger.error({ jobId: job?.id, err: error }, 'maintenance job failed');
    // A job that BullMQ itself gives up, for having lost its worker too often, closes its run here.
    const parsed = maintenanceJobSchema.safeParse(job?.data);
    if (job?.finishedOn === undefined || !parsed.success) return;
    finishJobRun(options.context.sql, { id: parsed.data.jobRunId, status: 'failed', error: error.message }).catch(
      (cause: unknown) => logger.error({ jobId: job.id, err: cause }, 'the run of a failed job could not be closed'),
    );
  });
  worker.on('stalled', (jobId) => logger.warn({ jobId }, 'job taken up again: its worker was lost'));
  worker.on('error', (error) => logger.debug({ err: error }, 'maintenance worker'));
  return worker;
};
