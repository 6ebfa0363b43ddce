import { setTimeout as delay } from 'node:timers/promises';

/**
 * Answers no earlier than `floorMs` after the call, whether `work` succeeds or fails: how long it took must not tell
 * whether an address has an account. The floor lies above what hashing a password takes.
 */
export const withSteadyDuration = async <T>(floorMs: number, work: () => Promise<T>): Promise<T> => {
  const [outcome] = await Promise.allSettled([work(), delay(floorMs)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
};
