import { setTimeout as pause } from 'node:timers/promises';
import { listenForOutbox } from '@convene/outbox';
import { env } from '../../env';
import { startFeedSchedulers } from '../../schedulers/feed';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { processState } from '../../utils/processState';
import { getRedis } from '../../utils/redis';
import { adoptLegacyCounters } from './adoptLegacyCounters';
import { relayCounterOutbox } from './counterOutbox';
import { getFeedCommit } from './counters';

/** The channel on which the counter outbox' trigger notifies. */
const COUNTER_OUTBOX_CHANNEL = 'counter_outbox';
const OUTBOX_SWEEP_MS = 60_000;
const ADOPTION_RETRY_MS = 30_000;

const startCounterRelay = (): (() => Promise<void>) => {
  const listener = listenForOutbox({
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    channel: COUNTER_OUTBOX_CHANNEL,
    intervalMs: OUTBOX_SWEEP_MS,
    onWake: async () => {
      const { recorded, gaveUp, retryInMs } = await relayCounterOutbox({ pool: getPool() });
      if (recorded + gaveUp > 0) logger.debug({ recorded, gaveUp }, 'handed favourites and bookings to the counters');
      return retryInMs;
    },
    onError: (error, what) =>
      logger.warn(
        { err: error },
        what === 'waking'
          ? 'favourites and bookings could not be counted yet; they stay in the outbox'
          : 'lost the listener of the counter outbox',
      ),
  });
  return listener.stop;
};

const adoptUntilDone = async (signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      logger.info(await adoptLegacyCounters(getRedis()), 'looked for counters from before the index');
      return;
    } catch (error) {
      logger.warn({ err: error }, 'could not look for counters from before the index; trying again');
      await pause(ADOPTION_RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
};

type Feed = { stop: () => Promise<void> };

const start = (): Feed => {
  const stopSchedulers = env.SCHEDULERS_ENABLED ? startFeedSchedulers() : () => Promise.resolve();
  const stopRelay = startCounterRelay();
  const adoption = new AbortController();
  if (env.FEED_ADOPT_LEGACY_KEYS) void adoptUntilDone(adoption.signal);
  return {
    stop: async () => {
      adoption.abort();
      // First what visitors wait for; the relay's own events are among it.
      await getFeedCommit().stop();
      await Promise.all([stopRelay(), stopSchedulers()]);
    },
  };
};

const lifecycle = (): { feed: Feed | null } =>
  processState<{ feed: Feed | null }>('feed-lifecycle', () => ({ feed: null }));

/** Starts what counts in the background: schedulers, relay, adoption. Once per process, whatever calls it. */
export const startFeed = (): void => {
  lifecycle().feed ??= start();
};

/**
 * Writes what the group commit holds, then ends the background work; to be called on SIGTERM.
 *
 * Next's own handler may stay beside it (NEXT_MANUAL_SIG_HANDLE not set): it closes the server, which waits for the
 * requests that this answers, and then exits. With that variable set nobody would close the server. A flush that is
 * cut off by the exit loses nothing: the next one recovers it.
 */
export const stopFeed = async (): Promise<void> => {
  await lifecycle().feed?.stop();
};
