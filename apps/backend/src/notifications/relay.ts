import { type OutboxRelay, startOutboxRelay } from '@convene/outbox';
import { env } from '../env';
import { logger } from '../utils/logger';
import { addNotificationJobs } from '../utils/notificationsQueue';
import { getPool } from '../utils/postgres';
import { processState } from '../utils/processState';

type Running = { relay: OutboxRelay | null };

const running = (): Running => processState<Running>('outbox-relay', () => ({ relay: null }));

/** Moves committed notifications into the queue, from now until {@link stopRelay}. */
export const startRelay = (): void => {
  const state = running();
  state.relay ??= startOutboxRelay({
    pool: getPool(),
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    addJobs: addNotificationJobs,
    logger,
  });
};

/** How the relay is doing; null where it does not run in this process. */
export const relayState = (): ReturnType<OutboxRelay['state']> | null => running().relay?.state() ?? null;

export const stopRelay = async (): Promise<void> => {
  const state = running();
  const { relay } = state;
  state.relay = null;
  await relay?.stop();
};
