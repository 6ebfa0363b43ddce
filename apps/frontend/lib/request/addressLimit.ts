import { RateLimiterMemory } from 'rate-limiter-flexible';
import { processState } from '@/lib/processState';

/**
 * Has this address asked more often than that within a minute? Kept in the process, without a Redis command. An address that is
 * not known has no limit of its own.
 *
 * @param name of what is limited, once in the process
 */
export const isOverLimit = async (name: string, perMinute: number, ip: string | null): Promise<boolean> => {
  if (!ip) return false;
  const limiter = processState(`limit:${name}`, () => new RateLimiterMemory({ points: perMinute, duration: 60 }));
  try {
    await limiter.consume(ip);
    return false;
  } catch (refusal) {
    // The limiter rejects with its state, not with an error, when it refuses.
    if (refusal instanceof Error) throw refusal;
    return true;
  }
};
