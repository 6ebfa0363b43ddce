import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NOTIFICATION_JOB_NAME, type NotificationJob, queueNames } from '@convene/common/queues';
import type { CommandMonitor } from '@convene/local-stack/command-monitor';
import type { TestContext } from '@convene/local-stack/testing';
import { createPostgresBackend, createRedisBackend, DEFAULT_SCHEMA, type IQueueBackend, Queue } from 'bullmq';
import pg from 'pg';

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

export type BenchQueue = {
  /** Adds a job that has nothing to do, and tells how long after its time it was started. */
  startedAfterMs: (options: { delayMs: number }) => Promise<number>;
  close: () => Promise<void>;
};

/** The queue of the notifications, for adding to it past the outbox and without being counted. */
export const openBenchQueue = ({
  backend,
  context,
  monitor,
}: {
  backend: 'redis' | 'postgres';
  context: TestContext;
  monitor: CommandMonitor;
}): BenchQueue => {
  const pool = new pg.Pool({
    connectionString: context.databaseUrl,
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    max: 1,
  });
  const options = { connection: backend, skipVersionCheck: true, skipMetasUpdate: true };
  const queue = new Queue<NotificationJob, unknown, string, NotificationJob, unknown, string, IQueueBackend, unknown>(
    queueNames.notifications,
    options,
    (name, queueOptions, more) =>
      backend === 'redis'
        ? createRedisBackend(name, { ...queueOptions, connection: monitor.uncounted }, more)
        : createPostgresBackend(name, { ...queueOptions, connection: pool }, more),
  );
  return {
    startedAfterMs: async ({ delayMs }) => {
      const outboxId = randomUUID();
      const { timestamp } = await queue.add(
        NOTIFICATION_JOB_NAME,
        { outboxId },
        { jobId: `n-${outboxId}`, delay: delayMs },
      );
      const deadline = Date.now() + delayMs + PATIENCE_MS;
      for (;;) {
        const job = await queue.getJob(`n-${outboxId}`);
        if (job?.finishedOn !== undefined && job.processedOn !== undefined)
          return job.processedOn - timestamp - delayMs;
        if (Date.now() > deadline) throw new Error('a job was not started');
        await pause(POLL_MS);
      }
    },
    close: async () => {
      await queue.close();
      await pool.end();
    },
  };
};
