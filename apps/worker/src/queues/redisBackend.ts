import { createRedisBackend, type RedisQueueBackend } from 'bullmq';
import type { WorkerRedis } from '../redis';
import type { QueueBackend } from './backend';
import { putMarkerBackIfNeeded, waitAfterFetch } from './sparingFetches';

/** What a marker is in BullMQ: a member with the score 0 says that there may be jobs. */
const MARKER = '0';

/** The queues in Redis. */
export const createRedisQueueBackend = (redis: WorkerRedis): QueueBackend => {
  const { connection, counter, isReady, state, onReady, close } = redis;
  const ofWorkers: RedisQueueBackend[] = [];
  putMarkerBackIfNeeded(connection);
  return {
    name: 'redis',
    factory: (name, options, factoryOptions) => {
      const backend = createRedisBackend(name, { ...options, connection }, factoryOptions);
      if (factoryOptions?.withBlockingConnection) {
        waitAfterFetch(backend);
        ofWorkers.push(backend);
      }
      return backend;
    },
    /**
     * The blocking wait of an idle worker. A job that is added ends it within milliseconds, so a long wait costs
     * nothing but a connection; at 5 s, BullMQ's default, two idle queues alone send 69,000 commands a day.
     */
    drainDelaySeconds: 1_800,
    isReady,
    state: () => ({ backend: 'redis', ...state() }),
    onReady,
    wakeWorkers: async () => {
      redis.reconnectCopies();
      await Promise.all(ofWorkers.map(({ keys: { marker = '' } }) => connection.zadd(marker, 0, MARKER)));
    },
    counters: [counter],
    close,
  };
};
