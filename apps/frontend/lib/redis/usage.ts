import { type UsageReport, UsageReporter } from '@convene/common/commands';
import { env } from '@/env';
import { logger } from '@/lib/logger';
import { processState } from '@/lib/processState';
import { redisCommands } from './index';

const TIMEOUT_MS = 10_000;

/** Hands reports to the backend's `command-usage`; rejects where one may not have been kept. */
export const sendUsageTo =
  ({ origin, serviceToken }: { origin: string; serviceToken: string }) =>
  async (report: UsageReport): Promise<void> => {
    const answer = await fetch(`${origin}/api/command-usage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-convene-service-token': serviceToken },
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
        send: sendUsageTo({ origin: env.backendOrigin, serviceToken: env.SERVICE_TOKEN }),
        onError: (error) => logger.warn({ err: error }, 'The count of Redis commands is handed over later'),
      }),
  );
