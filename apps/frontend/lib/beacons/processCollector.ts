import { randomUUID } from 'node:crypto';
import { env } from '@/env';
import { logger } from '@/lib/logger';
import { processState } from '@/lib/processState';
import { Collector } from './collector';
import { sendToBackend } from './sendToBackend';

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/** The one collector of this process. */
export const processCollector = (): Collector =>
  processState(
    'collector',
    () =>
      new Collector(
        {
          send: sendToBackend({ origin: env.backendOrigin, serviceToken: env.SERVICE_TOKEN }),
          now: Date.now,
          sleep,
          newRequestId: randomUUID,
          random: Math.random,
          log: logger,
        },
        { windowMs: env.BEACON_FORWARD_WINDOW_MS },
      ),
  );
