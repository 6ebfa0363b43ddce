import { recordPeerAddress } from '@convene/common/peerAddress';
import { holdExit } from '@convene/common/process';
import { readPathsAsTheyStand } from '@convene/common/readablePath';
import { onRequestFinished } from '@convene/common/requestTimes';
import { startTracing } from '@convene/tracing/start';
import { startFeed, stopFeed } from './collections/Feed/lifecycle';
import { serveIngestAheadOfNext } from './collector/aheadOfNext';
import { followFeedChanges, stopFollowingFeedChanges } from './endpoints/feed/followedFeed';
import { processContext } from './endpoints/metrics';
import { env } from './env';
import { observeRequest } from './metrics/requests';
import { startRelay, stopRelay } from './notifications/relay';
import { getUsageReporter } from './utils/commandUsage';
import { logger } from './utils/logger';
import { closeNotificationsQueue } from './utils/notificationsQueue';
import { getPool } from './utils/postgres';
import { processState } from './utils/processState';

const tracing = (endpoint: string) =>
  processState('tracing', () => startTracing({ service: 'convene-backend', endpoint }));

/** What a backend process does besides answering: count, relay, rank. Ends with the process. */
export const startProcess = (): void => {
  processState('peer-address', () => {
    recordPeerAddress();
    return true;
  });
  processState('readable-paths', () => {
    readPathsAsTheyStand();
    return true;
  });
  processState('request-times', () => {
    onRequestFinished(observeRequest);
    return true;
  });
  processState('ingest-ahead-of-next', () => serveIngestAheadOfNext(processContext));
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT) tracing(env.OTEL_EXPORTER_OTLP_ENDPOINT);
  startFeed();
  followFeedChanges();
  startRelay();
  getUsageReporter().start();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  logger.info('the backend has started');
};

/** Less than the 10 s that a container is given to end. */
const LONGEST_STOP_MS = 8_000;

/** Next's own handler closes the server beside it, and would end the process as soon as nobody waits for an answer. */
const stop = (): void => holdExit(stopAll(), LONGEST_STOP_MS);

/** What is held for visitors is written first; the commands of that are reported too. */
const stopAll = async (): Promise<void> => {
  const outcomes = await Promise.allSettled([stopFeed(), stopRelay(), stopFollowingFeedChanges()]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') logger.error({ err: outcome.reason }, 'could not stop cleanly');
  }
  await closeNotificationsQueue();
  await getUsageReporter().stop();
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT) await tracing(env.OTEL_EXPORTER_OTLP_ENDPOINT).stop();
  await getPool().end();
};
