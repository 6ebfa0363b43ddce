import { queueRedisAddress } from '@convene/common';
import type { WorkerEnv } from '../env';
import type { Logger } from '../logger';
import { createRedis } from '../redis';
import type { QueueBackend } from './backend';
import { createPostgresQueueBackend } from './postgresBackend';
import { createRedisQueueBackend } from './redisBackend';

/** The backend that the environment names. Its server needs not be there yet. */
export const createQueueBackend = ({
  env,
  logger,
  maxConnections,
}: {
  env: WorkerEnv;
  logger: Logger;
  /** To Postgres, where the queues are there. */
  maxConnections: number;
}): QueueBackend => {
  switch (env.QUEUE_BACKEND) {
    case 'redis':
      return createRedisQueueBackend(createRedis({ address: queueRedisAddress(env), logger }));
    case 'postgres':
      return createPostgresQueueBackend({
        connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
        maxConnections,
        logger,
      });
  }
};
