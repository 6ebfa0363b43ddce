import { recordPeerAddress } from '@convene/common/peerAddress';
import { holdExit } from '@convene/common/process';
import { readPathsAsTheyStand } from '@convene/common/readablePath';
import { onRequestFinished } from '@convene/common/requestTimes';
import { startTracing } from '@convene/tracing/start';
import { env } from '@/env';
import { processChanges } from './backend/processChanges';
import { processCollector } from './beacons/processCollector';
import { serveCompressed } from './compressed';
import { logger } from './logger';
import { observeRequest } from './metrics/requests';
import { processState } from './processState';
import { usageReporter } from './redis/usage';

/** Longer than the backend's commit window of 15 s, after which it acknowledges; the host must wait longer still. */
const SHUTDOWN_DEADLINE_MS = 20_000;

const flushOnSignal = (stopTracing: () => Promise<void>): void => {
  const flush = (signal: NodeJS.Signals) => {
    const collector = processCollector();
    processChanges().stop();
    logger.info({ signal, waiting: collector.waiting }, 'Stopping');
    const flushed = Promise.all([collector.shutdown(SHUTDOWN_DEADLINE_MS), usageReporter().stop()]).then(stopTracing);
    holdExit(flushed, SHUTDOWN_DEADLINE_MS);
  };
  // Next itself closes the server on these, waits for what `after()` registered (the running drain) and would then exit.
  process.once('SIGTERM', flush);
  process.once('SIGINT', flush);
};

/** What a server process needs besides its routes. */
export const startProcess = (): void => {
  processState('started', () => {
    const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
    const tracing = endpoint ? startTracing({ service: 'convene-frontend', endpoint }) : undefined;
    recordPeerAddress();
    readPathsAsTheyStand();
    onRequestFinished(observeRequest);
    if (env.isProduction) serveCompressed();
    flushOnSignal(async () => tracing?.stop());
    usageReporter().start();
    if (env.FOLLOW_CHANGES) void processChanges().run();
    if (env.isProduction && !env.cookiesAreSecure) {
      logger.warn('FRONTEND_URL is not https: cookies are sent without the Secure attribute');
    }
    return true;
  });
};
