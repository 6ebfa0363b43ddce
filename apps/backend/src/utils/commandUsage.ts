import { UsageReporter } from '@convene/common/commands';
import { addRedisUsage } from '@convene/coordination';
import { logger } from './logger';
import { queueCommands } from './notificationsQueue';
import { getPool } from './postgres';
import { processState } from './processState';
import { getRedisCommandCounter } from './redis';

/** Keeps what this process sends to Redis in `redis_usage`: both of its clients, by what the commands are for. */
export const getUsageReporter = (): UsageReporter =>
  processState(
    'usage-reporter',
    () =>
      new UsageReporter({
        counters: () => [getRedisCommandCounter(), queueCommands],
        send: async (report) => {
          await addRedisUsage(getPool(), { app: 'backend', report });
        },
        onError: (error) => logger.warn({ err: error }, 'the count of Redis commands is kept later'),
      }),
  );
