import { Client } from 'pg';

export type WakeReason = 'connected' | 'notified' | 'timer' | 'called';

export type OutboxListenerOptions = {
  /** A direct connection: LISTEN does not work through a transaction-mode pooler. Without one only the timer wakes. */
  connectionString: string | undefined;
  /** For example `notification_outbox` or `counter_outbox`. */
  channel: string;
  /**
   * Does what there is to do; never runs twice at once. May answer in how many milliseconds it wants to be woken,
   * where that is sooner than the timer.
   */
  onWake: (reason: WakeReason) => Promise<number | undefined>;
  onError: (error: Error, what: 'listening' | 'waking') => void;
  /** The longest time between two wakes. */
  intervalMs?: number;
};

export type OutboxListener = {
  /** Wakes now; resolves when a run that began after this call has ended. */
  wake: () => Promise<void>;
  /** Ends the connection and waits for a run in hand. */
  stop: () => Promise<void>;
  isListening: () => boolean;
};

const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 30_000;
const MIN_WAKE_MS = 20;

const asError = (value: unknown): Error => (value instanceof Error ? value : new Error(String(value)));

/** Runs `work` one at a time: calls during a run are answered by one more run after it. */
export const singleFlight = <T>(work: (argument: T) => Promise<void>): ((argument: T) => Promise<void>) => {
  let running: Promise<void> | null = null;
  let next: { argument: T; promise: Promise<void> } | null = null;
  const run = (argument: T): Promise<void> => {
    if (running) {
      const following = running;
      next ??= {
        argument,
        promise: following.then(() => {
          next = null;
          return run(argument);
        }),
      };
      return next.promise;
    }
    running = work(argument).finally(() => {
      running = null;
    });
    return running;
  };
  return run;
};

/**
 * Wakes `onWake` whenever a transaction that notified the channel has committed, after every (re-)connection since
 * something may have been missed, and at least every `intervalMs`. Reconnects by itself with a growing pause.
 */
export const listenForOutbox = ({
  connectionString,
  channel,
  onWake,
  onError,
  intervalMs = 30_000,
}: OutboxListenerOptions): OutboxListener => {
  let stopped = false;
  let client: Client | null = null;
  let listening = false;
  let backoffMs = FIRST_BACKOFF_MS;
  let wakeTimer: NodeJS.Timeout | undefined;
  let reconnectTimer: NodeJS.Timeout | undefined;

  const wake = singleFlight(async (reason: WakeReason) => {
    if (stopped) return;
    clearTimeout(wakeTimer);
    let wantedMs: number | undefined;
    try {
      wantedMs = await onWake(reason);
    } catch (error) {
      onError(asError(error), 'waking');
    }
    if (stopped) return;
    clearTimeout(wakeTimer);
    const delayMs = Math.max(MIN_WAKE_MS, Math.min(intervalMs, wantedMs ?? intervalMs));
    wakeTimer = setTimeout(() => void wake('timer'), delayMs);
  });

  const reconnectLater = (): void => {
    if (stopped) return;
    clearTimeout(reconnectTimer);
    reconnectTimer = setTimeout(() => void connect(), backoffMs);
    backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
  };

  const lose = (lost: Client, error: Error): void => {
    if (client !== lost) return;
    client = null;
    listening = false;
    lost.end().catch(() => undefined); // it is broken already; ending it frees the socket
    if (!stopped) onError(error, 'listening');
    reconnectLater();
  };

  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 10_000 });
    client = fresh;
    fresh.on('error', (error) => lose(fresh, error));
    fresh.on('end', () => lose(fresh, new Error('Postgres closed the listening connection')));
    fresh.on('notification', () => void wake('notified'));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
    } catch (error) {
      lose(fresh, asError(error));
      return;
    }
    if (stopped || client !== fresh) return;
    listening = true;
    backoffMs = FIRST_BACKOFF_MS;
    void wake('connected');
  };

  if (connectionString) void connect();
  else void wake('called');
  // While Postgres can't be reached the timer goes on by itself.
  wakeTimer ??= setTimeout(() => void wake('timer'), intervalMs);

  return {
    wake: () => wake('called'),
    stop: async () => {
      stopped = true;
      clearTimeout(wakeTimer);
      clearTimeout(reconnectTimer);
      const last = client;
      client = null;
      listening = false;
      await wake('called');
      await last?.end().catch(() => undefined);
    },
    isListening: () => listening,
  };
};
