import { LRUCache } from 'lru-cache';

/** For how long an answer is taken as it is, and for how long after that nobody waits for it to be read anew. */
export type Freshness = { freshForMs: number; staleForMs: number };

/**
 * After a change those who ask within this time get what was there before and make it be read anew: what many ask for
 * is fresh again before anyone waits. Later ones wait.
 */
const CHANGE_GRACE_MS = 2_000;
/** Many changes in a row make an answer be read anew this often at most. */
const LEAST_AGE_MS = 1_000;

type Reading<Answer> = { answer: Answer; beganAt: number };

export type KeptReads = {
  /** A family of answers, the `max` least recently asked for of which are kept. */
  of: <Answer>(max: number) => (key: string, read: () => Promise<Answer>) => Promise<Answer>;
  /** What was read before this moment may be wrong. */
  forget: () => void;
};

/**
 * Answers that are kept in this process, each read once however many ask at the same moment. A reading that fails
 * fails for those who wait for it, and is not kept.
 *
 * @param options.freshness asked for at each reading
 * @param options.now milliseconds of a clock that never goes back
 */
export const keepReads = ({
  freshness,
  now = () => performance.now(),
}: {
  freshness: () => Freshness;
  now?: () => number;
}): KeptReads => {
  let changedAt = Number.NEGATIVE_INFINITY;
  return {
    forget: () => {
      changedAt = now();
    },
    of: <Answer>(max: number) => {
      const kept = new LRUCache<string, Reading<Answer>, () => Promise<Answer>>({
        max,
        ttl: 1, // each reading brings its own
        perf: { now },
        ttlResolution: 0,
        fetchMethod: async (_key, _stale, { context: read }) => {
          const beganAt = now();
          return { answer: await read(), beganAt };
        },
      });
      return async (key: string, read: () => Promise<Answer>): Promise<Answer> => {
        const { freshForMs, staleForMs } = freshness();
        const beganAt = kept.peek(key, { allowStale: true })?.beganAt;
        const isOutdated = beganAt !== undefined && beganAt <= changedAt && now() - beganAt >= LEAST_AGE_MS;
        const { answer } = await kept.forceFetch(key, {
          context: read,
          // What was read in one moment, as after a start, is not all read anew in one moment.
          ttl: freshForMs * (1 + Math.random()),
          forceRefresh: isOutdated,
          allowStale: isOutdated ? now() - changedAt <= CHANGE_GRACE_MS : kept.getRemainingTTL(key) > -staleForMs,
        });
        return answer;
      };
    },
  };
};
