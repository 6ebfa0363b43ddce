import { setTimeout as pause } from 'node:timers/promises';
import type { ForgetJobs } from './decisions';

/** A worker has such a job in hand: its id can't be used again yet. Trying again later helps. */
export class JobInHandError extends Error {
  override readonly name = 'JobInHandError';
}

const TRIES = 10;
const PAUSE_MS = 200;

/**
 * Takes jobs out of the queue by `remove`, as BullMQ's `queue.remove`: it answers 0 where a worker has the job locked.
 * A row is dead a moment before its job has failed, and a row that is opened again in that moment would find its id
 * taken by the old job for as long as failed jobs are kept. So a locked job is waited for, for two seconds.
 *
 * @throws JobInHandError where one stays locked; some of the others may be gone from the queue then, which is harmless
 */
export const forgetJobsBy =
  (
    remove: (jobId: string) => Promise<number>,
    { tries = TRIES, pauseMs = PAUSE_MS }: { tries?: number; pauseMs?: number } = {},
  ): ForgetJobs =>
  async (jobIds) => {
    for (const jobId of jobIds) {
      for (let tried = 1; (await remove(jobId)) === 0; tried += 1) {
        if (tried >= tries) throw new JobInHandError(`the job ${jobId} is still in a worker's hand`);
        await pause(pauseMs);
      }
    }
  };
