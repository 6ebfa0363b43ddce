import type { ForgetJobs } from '@convene/outbox';
import { getNotificationsQueue } from '../utils/notificationsQueue';

/** Takes jobs out of the notifications queue. @throws while the queue is away */
export const forgetJobs: ForgetJobs = async (jobIds) => {
  const queue = await getNotificationsQueue();
  for (const jobId of jobIds) await queue.remove(jobId);
};
