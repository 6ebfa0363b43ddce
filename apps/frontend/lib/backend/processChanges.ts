import { env } from '@/env';
import { logger } from '@/lib/logger';
import { processState } from '@/lib/processState';
import { ChangeFollower } from './changeFollower';

/** What this process hears of changes. */
export const processChanges = (): ChangeFollower =>
  processState(
    'changes',
    () =>
      new ChangeFollower({
        origin: env.backendOrigin,
        serviceToken: env.SERVICE_TOKEN,
        onLost: (error) => logger.debug({ err: error }, 'Changes are not heard of; caches go by time'),
      }),
  );
