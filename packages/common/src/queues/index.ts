import { z } from 'zod';

/** The queues' names: BullMQ's keys become `bull:{name}:...`. */
export const queueNames = { notifications: 'notifications', maintenance: 'maintenance' } as const;
export type QueueName = (typeof queueNames)[keyof typeof queueNames];

/** Both queues' default job options, as the founding document has them. Ages in seconds, delays in milliseconds. */
export const defaultJobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: { age: 24 * 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 24 * 3_600 },
} as const;

/** A notification's job holds the outbox row's id and nothing of the person it is for. */
export const notificationJobSchema = z.object({ outboxId: z.uuid() });
export type NotificationJob = z.infer<typeof notificationJobSchema>;

/** A maintenance job holds the id of its row in `job_runs`. */
export const maintenanceJobSchema = z.object({ jobRunId: z.number().int().positive() });
export type MaintenanceJob = z.infer<typeof maintenanceJobSchema>;

/** BullMQ refuses custom ids of digits alone and ids with a colon, hence the prefixes. */
export const notificationJobId = (outboxId: string): string => `n-${outboxId}`;
export const maintenanceJobId = (jobRunId: number): string => `m-${jobRunId}`;

/** BullMQ wants a job name; it tells nothing that the row does not say better. */
export const NOTIFICATION_JOB_NAME = 'send';
export const MAINTENANCE_JOB_NAME = 'run';
