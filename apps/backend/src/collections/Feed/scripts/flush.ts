import { randomUUID } from 'node:crypto';
import {
  COUNTER_KEY_PREFIX,
  DIRTY_COUNTERS_KEY,
  FLUSH_BATCH_PREFIX,
  FLUSH_INFLIGHT_KEY,
  FLUSH_SEQUENCE_KEY,
} from '@convene/common/keys';
import { z } from 'zod';
import { type CallLimits, type Redis, redisScript } from '../../../utils/redis';
import { flushLua } from './texts.generated';

/** Counters on their way to Postgres: values that are no longer under their counters' keys. */
export type ClaimedBatch = { batchId: string; counters: { key: string; value: number }[] };

export type Claim = {
  /** Null where no counter was dirty. */
  batch: ClaimedBatch | null;
  /** Members of the dirty set that had no counter any more. */
  gone: string[];
};

/** A batch of thousands of counters is a long answer, and nobody waits for it. */
export const flushLimits: CallLimits = { deadlineMs: 20_000, attemptTimeoutMs: 8_000 };

const script = redisScript('flush', flushLua);

/** What alternates counter key and value, as pairs. */
export const countersReply = z
  .array(z.union([z.string(), z.number()]))
  .refine((values) => values.length % 2 === 0, 'a counter without a value')
  .transform((values) =>
    Array.from({ length: values.length / 2 }, (_, index) => ({
      key: String(values[2 * index]),
      value: Number(values[2 * index + 1]),
    })),
  )
  .refine((counters) => counters.every(({ value }) => Number.isSafeInteger(value)), 'a value that is no integer');

const reply = z.tuple([z.string(), countersReply, z.array(z.string())]);

/**
 * Acknowledges batches that are in Postgres and claims the next one, by one command.
 *
 * Is sent again when its answer is lost: the first claim then stays in flight, for recover to find.
 *
 * @param limit the most counters to claim; 0 only acknowledges
 */
export const flush = async (
  redis: Redis,
  { limit, acknowledge = [], callId = randomUUID() }: { limit: number; acknowledge?: string[]; callId?: string },
): Promise<Claim> => {
  const [batchId, counters, gone] = await redis.evalScript(script, {
    keys: [DIRTY_COUNTERS_KEY, FLUSH_INFLIGHT_KEY, FLUSH_SEQUENCE_KEY],
    args: [callId, limit, FLUSH_BATCH_PREFIX, COUNTER_KEY_PREFIX, ...acknowledge],
    reply,
    idempotent: true,
    limits: flushLimits,
  });
  return { batch: batchId === '' ? null : { batchId, counters }, gone };
};
