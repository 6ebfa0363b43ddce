import { defaultJobOptions, type MaintenanceJob, type NotificationJob, queueNames } from '@convene/common';
import type { AddJobs } from '@convene/outbox';
import { Queue } from 'bullmq';
import type { JobQueue, QueueBackend } from './backend';

export type WorkerQueues = {
  notifications: JobQueue<NotificationJob>;
  maintenance: JobQueue<MaintenanceJob>;
  /** For the relay: refuses at once while the queue is away, so that the rows stay in the outbox. */
  addNotifications: AddJobs;
  close: () => Promise<void>;
};

/** The two queues, for adding to them. */
export const createQueues = ({ name: backend, factory, isReady }: QueueBackend): WorkerQueues => {
  // The factory has the connection. What is skipped costs two commands at each start, and the workers ask as well.
  const options = { connection: backend, defaultJobOptions, skipVersionCheck: true, skipMetasUpdate: true };
  const notifications: JobQueue<NotificationJob> = new Queue(queueNames.notifications, options, factory);
  const maintenance: JobQueue<MaintenanceJob> = new Queue(queueNames.maintenance, options, factory);
  // The backend has logged it; without a listener it would end the process.
  for (const queue of [notifications, maintenance]) queue.on('error', () => undefined);
  return {
    notifications,
    maintenance,
    addNotifications: (jobs) => {
      // Otherwise ioredis would keep the commands, and every pass of the relay would add more of them.
      if (!isReady()) return Promise.reject(new Error(`the queue (${backend}) is not ready`));
      return notifications.addBulk(jobs);
    },
    close: async () => {
      await Promise.all([notifications.close(), maintenance.close()]);
    },
  };
};
