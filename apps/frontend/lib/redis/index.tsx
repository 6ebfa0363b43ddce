import { CircuitBreaker } from '@convene/common/circuit';
import { CommandCounter } from '@convene/common/commands';
import { Redis } from '@upstash/redis';
import { env } from '@/env';
import { logger } from '@/lib/logger';
import { processState } from '@/lib/processState';

const TIMEOUT_MS = 300;
const FAILURES_TO_OPEN = 3;
const OPEN_FOR_MS = 30_000;

export type CacheClient = {
  /** The text under `key`, or null: also when Redis is missing, slow or down. */
  get(key: string): Promise<string | null>;
  /** Writes `value` for `ttlSeconds`. Tells whether Redis took it; never rejects. */
  set(key: string, value: string, ttlSeconds: number): Promise<boolean>;
};

/** Commands sent by this process, as Upstash bills them. */
export const redisCommands = (): CommandCounter =>
  processState('redisCommands', () => new CommandCounter('frontend', 'cache'));

export const redisBreaker = (): CircuitBreaker =>
  processState(
    'redisBreaker',
    () =>
      new CircuitBreaker({
        failuresToOpen: FAILURES_TO_OPEN,
        firstPauseMs: OPEN_FOR_MS,
        longestPauseMs: OPEN_FOR_MS,
        now: Date.now,
      }),
  );

/**
 * A thin client over Upstash's REST API: get and set only, each sent once and given up after 300 ms. After three
 * failures in a row Redis is left alone for half a minute, so that an outage slows no page.
 */
export const createCacheClient = ({
  url,
  token,
  counter,
  breaker,
}: {
  url: string;
  token: string;
  counter: CommandCounter;
  breaker: CircuitBreaker;
}): CacheClient => {
  const redis = new Redis({
    url,
    token,
    // `retry: false` would still send twice.
    retry: { retries: 0 },
    // A function, so that each command has its own clock and an abort rejects instead of resolving to null.
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
    automaticDeserialization: false,
    enableAutoPipelining: false,
    enableTelemetry: false,
    readYourWrites: false,
  });

  const guarded = async <T,>(command: string, send: () => Promise<T>, otherwise: T): Promise<T> => {
    if (!breaker.tryPass()) return otherwise;
    counter.count(command);
    try {
      const answer = await send();
      breaker.succeeded();
      return answer;
    } catch (error) {
      if (breaker.failed())
        logger.warn({ err: error }, 'The cache in Redis does not answer; it is left alone for 30 s');
      return otherwise;
    }
  };

  return {
    get: (key) => guarded('get', () => redis.get<string>(key), null),
    set: (key, value, ttlSeconds) =>
      guarded('set', async () => (await redis.set(key, value, { ex: Math.max(1, ttlSeconds) })) === 'OK', false),
  };
};

const noCache: CacheClient = { get: async () => null, set: async () => false };

/** The site's own client; without an address in the environment every read is a miss. */
export const redisCache = (): CacheClient =>
  processState('redisCache', () => {
    const url = env.NEXT_PRIVATE_UPSTASH_REDIS_REST_URL;
    const token = env.NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN;
    if (!url || !token) return noCache;
    return createCacheClient({ url, token, counter: redisCommands(), breaker: redisBreaker() });
  });
