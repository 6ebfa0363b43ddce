import { ConveneError } from '@convene/common/errors';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { processState } from './processState';

/** Not by its class: the limiter may come from another of Next's bundles, with a class of its own. */
const isRefusal = (error: unknown): error is RateLimiterRes =>
  typeof error === 'object' && error !== null && 'msBeforeNext' in error;

export type RateLimit = (key: string | null) => Promise<void>;

/**
 * So many calls per key and time, counted in this process: no Redis command is spent on it. Callers whose address is
 * not known share one allowance.
 *
 * @returns a check that throws ConveneError too-many-requests
 */
export const rateLimit = ({
  name,
  points,
  durationSeconds,
}: {
  name: string;
  points: number;
  durationSeconds: number;
}): RateLimit => {
  const limiter = processState(
    `rate-limit-${name}`,
    () => new RateLimiterMemory({ points, duration: durationSeconds, keyPrefix: name }),
  );
  return async (key) => {
    try {
      await limiter.consume(key ?? 'unknown');
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      throw new ConveneError('too-many-requests', `Too many tries. Please wait ${retryAfterSeconds} seconds.`, {
        retryAfterSeconds,
      });
    }
  };
};
