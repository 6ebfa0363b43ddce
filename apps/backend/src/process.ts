import { startFeed, stopFeed } from './collections/Feed/lifecycle';
import { startRelay, stopRelay } from './notifications/relay';
import { logger } from './utils/logger';
import { closeNotificationsQueue } from './utils/notificationsQueue';
import { getPool } from './utils/postgres';

/** What a backend process does besides answering: count, relay, rank. Ends with the process. */
export const startProcess = (): void => {
  startFeed();
  startRelay();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  logger.info('the backend has started');
};

/** Next's own handler closes the server beside it; what is held for visitors is written first. */
const stop = async (): Promise<void> => {
  const outcomes = await Promise.allSettled([stopFeed(), stopRelay()]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') logger.error({ err: outcome.reason }, 'could not stop cleanly');
  }
  closeNotificationsQueue();
  await getPool().end();
};
