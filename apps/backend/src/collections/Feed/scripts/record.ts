import {
  COUNTER_TTL_SECONDS,
  DIRTY_COUNTERS_KEY,
  RECORDED_TTL_SECONDS,
  recordedRequestKey,
} from '@convene/common/keys';
import { z } from 'zod';
import { type Redis, redisScript } from '../../../utils/redis';
import { recordLua } from './texts.generated';

/** One increment. With `dedupe` it is a view: it counts one, and only if that key is not there yet. */
export type CounterEvent =
  | { counterKey: string; amount: number; dedupe?: undefined }
  | { counterKey: string; amount?: undefined; dedupe: { key: string; ttlSeconds: number } };

/** Events that were collected under one id: whatever is sent again under that id, they count once. */
export type RecordRequest = { requestId: string; events: CounterEvent[] };

/** What became of one event in Redis; `failed`: its counter holds something that can't be incremented. */
export type RecordVerdict = 'counted' | 'duplicate' | 'failed';

const verdictByLetter: Record<string, RecordVerdict> = { C: 'counted', D: 'duplicate', F: 'failed' };

const script = redisScript('record', recordLua);

/** Gives each distinct text a number from 1. */
const numbering = () => {
  const numbers = new Map<string, number>();
  return {
    of: (text: string): number => {
      const number = numbers.get(text) ?? numbers.size + 1;
      numbers.set(text, number);
      return number;
    },
    texts: () => [...numbers.keys()],
  };
};

const positive = (value: number, what: string): number => {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`${what} must be a positive integer, not ${value}`);
};

/** The KEYS and ARGV of record.lua. */
export const recordCall = (requests: RecordRequest[]): { keys: string[]; args: number[] } => {
  const counters = numbering();
  const dedupes = numbering();
  const perRequest = requests.map(({ events }) => [
    events.length,
    ...events.flatMap((event) => [
      counters.of(event.counterKey),
      event.dedupe ? dedupes.of(event.dedupe.key) : 0,
      event.dedupe ? positive(event.dedupe.ttlSeconds, 'ttlSeconds') : positive(event.amount, 'amount'),
    ]),
  ]);
  const counterKeys = counters.texts();
  return {
    keys: [
      DIRTY_COUNTERS_KEY,
      ...requests.map(({ requestId }) => recordedRequestKey(requestId)),
      ...counterKeys,
      ...dedupes.texts(),
    ],
    args: [requests.length, counterKeys.length, COUNTER_TTL_SECONDS, RECORDED_TTL_SECONDS, ...perRequest.flat()],
  };
};

/**
 * Writes the events of all requests by one command. May be called again with the same requests: each counts once
 * within an hour.
 *
 * @returns the verdicts of each request, in the order of its events; for a request id that was recorded before, those
 *   of that time, however many
 * @throws RedisUnavailable, or RedisReplyError when nothing was counted because of a fault in Redis' data
 */
export const record = async (redis: Redis, requests: RecordRequest[]): Promise<RecordVerdict[][]> => {
  const { keys, args } = recordCall(requests);
  const letters = await redis.evalScript(script, {
    keys,
    args,
    reply: z.array(z.string().regex(/^[CDF]*$/)).length(requests.length),
    idempotent: true,
  });
  return letters.map((line) => Array.from(line, (letter) => verdictByLetter[letter] ?? 'failed'));
};
