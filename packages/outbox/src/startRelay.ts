import type { Pool } from 'pg';
import { listenForOutbox } from './listen';
import { type AddJobs, msUntilNextDue, relayPending, sweep } from './relay';

/** The channel on which the outbox' trigger notifies. */
export const NOTIFICATION_OUTBOX_CHANNEL = 'notification_outbox';

/** What of a pino logger is used. */
export type RelayLogger = {
  debug: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
};

export type OutboxRelayState = {
  listening: boolean;
  /** Rows moved into the queue since the start, and those of them that a sweep added again. */
  relayed: number;
  swept: number;
  lastPassAt: Date | null;
  /** Why the last pass failed; null after one that did not. */
  lastError: string | null;
};

export type OutboxRelay = {
  /** A pass now, for example when the queue can be reached again. */
  wake: () => Promise<void>;
  stop: () => Promise<void>;
  state: () => OutboxRelayState;
};

/**
 * Keeps the notification outbox empty: relays at every commit that wrote to it, when a later mail becomes due, and
 * at least every `sweepIntervalMs`; sweeps at that interval. Runs in the backend and in the worker alike, any number
 * of times: each row is taken once. No Redis command is spent while there is nothing to relay.
 */
export const startOutboxRelay = ({
  pool,
  connectionString,
  addJobs,
  logger,
  sweepIntervalMs = 30_000,
}: {
  pool: Pool;
  connectionString: string | undefined;
  addJobs: AddJobs;
  logger: RelayLogger;
  sweepIntervalMs?: number;
}): OutboxRelay => {
  const state: Omit<OutboxRelayState, 'listening'> = {
    relayed: 0,
    swept: 0,
    lastPassAt: null,
    lastError: null,
  };
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  let hasLostListener = false;

  const pass = async (): Promise<number | undefined> => {
    const pending = await relayPending({ pool, addJobs });
    state.relayed += pending.relayed;
    if (pending.relayed > 0) logger.debug({ rows: pending.relayed }, 'relayed notifications');
    if (performance.now() - sweptAtMs >= sweepIntervalMs) {
      const overdue = await sweep({ pool, addJobs });
      sweptAtMs = performance.now();
      state.relayed += overdue.relayed;
      state.swept += overdue.relayed;
      if (overdue.relayed > 0) logger.warn({ rows: overdue.relayed }, 'added notifications again that were still open');
    }
    state.lastPassAt = new Date();
    if (state.lastError !== null) logger.info({}, 'relaying notifications again');
    state.lastError = null;
    return (await msUntilNextDue(pool)) ?? undefined;
  };

  const listener = listenForOutbox({
    connectionString,
    channel: NOTIFICATION_OUTBOX_CHANNEL,
    intervalMs: sweepIntervalMs,
    onWake: (reason) => {
      if (reason === 'connected') hasLostListener = false;
      return pass();
    },
    onError: (error, what) => {
      if (what === 'waking') {
        state.lastError = error.message;
        logger.warn({ err: error }, 'notifications could not be relayed; they stay in the outbox');
        return;
      }
      // One line for a connection that is lost, not one for each try to make it anew.
      logger[hasLostListener ? 'debug' : 'warn']({ err: error }, 'lost the outbox listener');
      hasLostListener = true;
    },
  });

  return {
    wake: listener.wake,
    stop: listener.stop,
    state: () => ({ ...state, listening: listener.isListening() }),
  };
};
