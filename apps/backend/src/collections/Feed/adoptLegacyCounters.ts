import { COUNTER_SCAN_PATTERN, DIRTY_COUNTERS_KEY, parseCounterKey } from '@convene/common/keys';
import type { Redis } from '../../utils/redis';

/** Keys that one SCAN looks at: few commands, and still no long stop for other clients. */
const KEYS_PER_SCAN = 1_000;

/**
 * Enters every counter in the set of dirty counters, by one walk over all keys: for counters that were written
 * before there was such a set. Adding one that is in it already changes nothing.
 *
 * @returns how many counters were found, and how many of them were not in the set
 */
export const adoptLegacyCounters = async (redis: Redis): Promise<{ found: number; adopted: number }> => {
  const result = { found: 0, adopted: 0 };
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, { match: COUNTER_SCAN_PATTERN, count: KEYS_PER_SCAN });
    const [first, ...rest] = keys.filter((key) => parseCounterKey(key) !== null);
    if (first !== undefined) {
      result.found += 1 + rest.length;
      result.adopted += await redis.sadd(DIRTY_COUNTERS_KEY, [first, ...rest]);
    }
    cursor = next;
  } while (cursor !== '0');
  return result;
};
