import { defaultJobOptions, type MaintenanceJob, type NotificationJob, queueNames } from '@convene/common';
import type { AddJobs } from '@convene/outbox';
import { Queue } from 'bullmq';
import type { WorkerRedis } from '../redis';

export type WorkerQueues = {
  notifications: Queue<NotificationJob>;
  maintenance: Queue<MaintenanceJob>;
  /** For the relay: refuses at once while Redis is away, so that the rows stay in the outbox. */
  addNotifications: AddJobs;
  close: () => Promise<void>;
};

/** The two queues, for adding to them. */
export const createQueues = (redis: WorkerRedis): WorkerQueues => {
  const { connection } = redis;
  const options = { connection, defaultJobOptions };
  const notifications = new Queue<NotificationJob>(queueNames.notifications, options);
  const maintenance = new Queue<MaintenanceJob>(queueNames.maintenance, options);
  // The connection's own handlers have logged it; without a listener it would end the process.
  for (const queue of [notifications, maintenance]) queue.on('error', () => undefined);
  return {
    notifications,
    maintenance,
    addNotifications: (jobs) => {
      // Otherwise ioredis would keep the commands, and every pass of the relay would add more of them.
      if (!redis.isReady()) return Promise.reject(new Error('Redis is not ready'));
      return notifications.addBulk(jobs);
    },
    close: async () => {
      await Promise.all([notifications.close(), maintenance.close()]);
    },
  };
};
