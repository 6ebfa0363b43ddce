import { type ForgetJobs, forgetJobsBy } from '@convene/outbox';
import { getNotificationsQueue } from '../utils/notificationsQueue';

/** Takes jobs out of the notifications queue. @throws while the queue is away, or a worker has one of them in hand */
export const forgetJobs: ForgetJobs = async (jobIds) => {
  const queue = await getNotificationsQueue();
  await forgetJobsBy((jobId) => queue.remove(jobId))(jobIds);
};
