import { setTimeout as pause } from 'node:timers/promises';
import { queueNames } from '@convene/common/queues';
import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Environment } from '../days';
import type { LabApp } from '../lab';
import { baselineJobOptions, baselineWorkerSettings } from './workerSettings';

/** What a mail takes; sending one needs no Redis. */
const SENDING_MS = 50;

const connect = (redisUrl: string, connectionName: string): Redis => {
  const redis = new Redis(redisUrl, {
    connectionName,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 50, 2_000),
  });
  // The bench cuts connections by itself.
  redis.on('error', () => undefined);
  return redis;
};

const createQueue = (name: string, connection: Redis): Queue => {
  const queue = new Queue(name, { connection, defaultJobOptions: baselineJobOptions });
  queue.on('error', () => undefined);
  return queue;
};

/** The founding document's worker with its two queues, and the backend's queue in front of it. */
export const createBaseline = ({ environment, redisUrl }: { environment: Environment; redisUrl: string }): LabApp => {
  let done = 0;
  const whenDone: { at: number; resolve: () => void }[] = [];
  const settle = (): void => {
    done += 1;
    for (const waiting of whenDone) if (waiting.at === done) waiting.resolve();
  };
  const closers: (() => Promise<unknown>)[] = [];
  let backendQueue: Queue | undefined;
  let announced = 0;

  return {
    start: async () => {
      const workerRedis = connect(redisUrl, 'worker');
      const backendRedis = connect(redisUrl, 'backend-queue');
      const settings = baselineWorkerSettings(environment);
      const process = async (_job: Job): Promise<void> => {
        await pause(SENDING_MS);
      };
      const queues = Object.values(queueNames).map((name) => createQueue(name, workerRedis));
      const workers = Object.values(queueNames).map((name) => {
        const worker = new Worker(name, process, { connection: workerRedis, ...settings[name] });
        worker.on('error', () => undefined);
        worker.on('completed', settle);
        return worker;
      });
      backendQueue = createQueue(queueNames.notifications, backendRedis);
      await Promise.all([...workers, ...queues, backendQueue].map((each) => each.waitUntilReady()));
      closers.push(
        ...workers.map((worker) => () => worker.close()),
        ...[...queues, backendQueue].map((queue) => () => queue.close()),
        async () => {
          workerRedis.disconnect();
          backendRedis.disconnect();
        },
      );
    },
    announce: async (count) => {
      announced += count;
      const all = new Promise<void>((resolve) => whenDone.push({ at: announced, resolve }));
      for (let at = 0; at < count; at += 1)
        await backendQueue?.add('email', { type: 'user.welcome.client', userId: 1 });
      await all;
    },
    stop: async () => {
      for (const close of closers.splice(0)) await close();
    },
  };
};
