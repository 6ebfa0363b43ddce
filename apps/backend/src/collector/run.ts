/** `pnpm --filter @convene/backend collector`: the metrics endpoints alone, in a process of their own, at PORT. */
import { recordPeerAddress } from '@convene/common/peerAddress';
import { loadEnv } from 'payload/node';

/** Less than the 10 s that a container is given to end. */
const LONGEST_STOP_MS = 8_000;

const main = async (): Promise<void> => {
  // The same .env files as the app reads, before anything parses the environment.
  loadEnv();
  recordPeerAddress();
  const [{ env }, { processContext }, { startCollectorServer }, { getFeedCommit }, usage, { getPool }, { logger }] =
    await Promise.all([
      import('../env'),
      import('../endpoints/metrics'),
      import('./server'),
      import('../collections/Feed/counters'),
      import('../utils/commandUsage'),
      import('../utils/postgres'),
      import('../utils/logger'),
    ]);
  const collector = await startCollectorServer({ contextOf: processContext, port: env.PORT });
  usage.getUsageReporter().start();
  logger.info({ port: collector.port }, 'the collector has started');

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    logger.info({ signal }, 'stopping');
    // What is held for visitors is written and answered first; idle connections would never end by themselves.
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    const closed = collector.stop();
    await getFeedCommit().stop();
    await closed;
    await usage.getUsageReporter().stop();
    await getPool().end();
    process.exit(0);
  };
  const stopOn = (signal: NodeJS.Signals) =>
    void stop(signal).catch((error: unknown) => {
      logger.error({ err: error }, 'could not stop cleanly');
      process.exit(1);
    });
  process.once('SIGTERM', stopOn);
  process.once('SIGINT', stopOn);
};

await main();
