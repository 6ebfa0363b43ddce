import { type UsageReport, UsageReporter } from '@convene/common/commands';
import { env } from '@/env';
import { logger } from '@/lib/logger';
import { processState } from '@/lib/processState';
import { redisCommands } from './index';

const TIMEOUT_MS = 10_000;

const sendUsage = async (report: UsageReport): Promise<void> => {
  const answer = await fetch(`${env.backendOrigin}/api/command-usage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-convene-service-token': env.SERVICE_TOKEN },
    body: JSON.stringify(report),
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`The backend answered a report of Redis commands with ${answer.status}`);
};

/** Hands what this process sends to Redis to the backend, which keeps it: the site has no database. */
export const usageReporter = (): UsageReporter =>
  processState(
    'usageReporter',
    () =>
      new UsageReporter({
        counters: () => [redisCommands()],
        send: sendUsage,
        onError: (error) => logger.warn({ err: error }, 'The count of Redis commands is handed over later'),
      }),
  );
