import { FLUSH_BATCH_PREFIX, FLUSH_INFLIGHT_KEY } from '@convene/common/keys';
import { z } from 'zod';
import { type Redis, redisScript } from '../../../utils/redis';
import { type ClaimedBatch, countersReply, flushLimits } from './flush';
import { recoverLua } from './texts.generated';

/** At 2,500 counters a batch, about a megabyte an answer. */
export const RECOVER_LIMIT = 5;

const script = redisScript('recover', recoverLua);
const reply = z.array(z.tuple([z.string(), countersReply]));

/** Up to `RECOVER_LIMIT` batches that were claimed and not acknowledged; ask again when that many came. */
export const recover = async (redis: Redis): Promise<ClaimedBatch[]> => {
  const batches = await redis.evalScript(script, {
    keys: [FLUSH_INFLIGHT_KEY],
    args: [RECOVER_LIMIT, FLUSH_BATCH_PREFIX],
    reply,
    idempotent: true,
    limits: flushLimits,
  });
  return batches.map(([batchId, counters]) => ({ batchId, counters }));
};
