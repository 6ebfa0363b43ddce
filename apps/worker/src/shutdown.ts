import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves with whether the work ended in time; what it throws is thrown. */
export const withinMs = async (work: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  const timeout = new AbortController();
  try {
    return await Promise.race([
      work.then(() => true),
      sleep(milliseconds, false, { signal: timeout.signal }).catch(() => false),
    ]);
  } finally {
    timeout.abort();
  }
};

/** A process that ends does not wait long for connections to say goodbye. */
const GOODBYE_MS = 2_000;

/**
 * Ends jobs in hand within the deadline, then everything else.
 *
 * @param options.lastCall called when a job in hand must not begin anything more
 * @param options.goodbyes closed one after the other, each given a moment
 * @returns whether all jobs in hand have ended
 */
export const shutDown = async ({
  jobs,
  lastCall,
  lastCallMs,
  deadlineMs,
  goodbyes,
}: {
  jobs: Promise<unknown>;
  lastCall: () => void;
  lastCallMs: number;
  deadlineMs: number;
  goodbyes: (() => Promise<unknown>)[];
}): Promise<boolean> => {
  const timer = setTimeout(lastCall, lastCallMs);
  const ended = await withinMs(jobs, deadlineMs);
  clearTimeout(timer);
  lastCall();
  for (const goodbye of goodbyes) {
    // Whatever can't be closed ends with the process.
    await withinMs(goodbye(), GOODBYE_MS).catch(() => false);
  }
  return ended;
};
