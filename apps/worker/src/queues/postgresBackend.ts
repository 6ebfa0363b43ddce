import { setTimeout as sleep } from 'node:timers/promises';
import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  PostgresConnection,
  PostgresQueueBackend,
  SchemaMigrationRequiredError,
} from 'bullmq';
import { Pool } from 'pg';
import type { Logger } from '../logger';
import type { QueueBackend, QueueState } from './backend';

const RETRY_MS = 1_000;
/** Longer than any statement of BullMQ takes: the connection has been lost without a word. */
const QUERY_TIMEOUT_MS = 15_000;

/** BullMQ asks once whether its tables are there, and remembers a no for ever; this one waits for them. */
class PatientConnection extends PostgresConnection {
  readonly #usable: Promise<void>;

  constructor(pool: Pool, usable: Promise<void>) {
    super(pool);
    this.#usable = usable;
  }

  override waitUntilReady(): Promise<void> {
    return this.#usable;
  }
}

/** What an error of a statement makes a worker do next is to try again at once: not a thousand times a second. */
const pauseAfterFailure = (backend: PostgresQueueBackend): void => {
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (token, name) => {
    try {
      return await moveToActive(token, name);
    } catch (error) {
      await sleep(RETRY_MS);
      throw error;
    }
  };
};

/**
 * The queues in Postgres, in the schema that BullMQ's own migrations have made there. No Redis command is sent.
 *
 * @param options.connectionString a direct connection: workers LISTEN, and the schema is chosen when it is made
 * @param options.maxConnections each worker keeps one of them for listening
 */
export const createPostgresQueueBackend = ({
  connectionString,
  maxConnections,
  logger,
}: {
  connectionString: string;
  maxConnections: number;
  logger: Logger;
}): QueueBackend => {
  const log = logger.child({ part: 'queues' });
  const listeners: (() => void)[] = [];
  const state: QueueState = { backend: 'postgres', status: 'connecting', lastReadyAt: null, lastError: null };
  let isClosing = false;

  const noteFailure = (error: unknown): void => {
    const message = error instanceof Error ? error.message || error.name : String(error);
    // The worker's own connections tell of a Postgres that is away; only they know nothing of BullMQ's tables.
    if (error instanceof SchemaMigrationRequiredError)
      log.error({ err: error }, 'waiting for the tables of the queues');
    else log.debug({ err: error }, 'the queues in Postgres can not be reached');
    state.status = 'reconnecting';
    state.lastError = { message, at: new Date() };
  };
  const noteReady = (): void => {
    state.status = 'ready';
    state.lastReadyAt = new Date();
    state.lastError = null;
  };

  const pool = new Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'convene-worker-queues',
    options: `-c search_path=${DEFAULT_SCHEMA}`,
  });
  pool.on('error', noteFailure);

  const waitUntilUsable = async (): Promise<void> => {
    for (;;) {
      try {
        await assertSchemaCompatibility(pool, DEFAULT_SCHEMA);
        break;
      } catch (error) {
        if (isClosing) throw error;
        noteFailure(error);
        await sleep(RETRY_MS);
      }
    }
    noteReady();
    pool.on('acquire', noteReady);
    log.info('the queues in Postgres are ready');
    for (const listener of listeners) listener();
  };
  const usable = waitUntilUsable();
  usable.catch((error: unknown) => log.debug({ err: error }, 'closed before the queues could be reached'));

  return {
    name: 'postgres',
    factory: (name, options, factoryOptions) => {
      const connection = new PatientConnection(pool, usable);
      const ownOptions = { ...options, connection: pool };
      if (!factoryOptions?.withBlockingConnection) return new PostgresQueueBackend(connection, name, ownOptions);
      const backend = new PostgresQueueBackend(connection, name, ownOptions, true, name);
      pauseAfterFailure(backend);
      return backend;
    },
    // Asking costs nothing here, so what a lost notification has not told is found soon.
    drainDelaySeconds: 10,
    isReady: () => state.status === 'ready',
    state: () => ({ ...state }),
    onReady: (listener) => listeners.push(listener),
    // They look every drainDelaySeconds anyway.
    wakeWorkers: async () => undefined,
    counters: [],
    close: async () => {
      isClosing = true;
      await pool.end();
    },
  };
};
