import { defaultJobOptions, queueNames } from '@convene/common/queues';
import { createPostgresBackend, DEFAULT_SCHEMA, Queue } from 'bullmq';
import { Pool } from 'pg';
import { env } from '../env';
import { logger } from './logger';
import { processState } from './processState';

/** What the relay needs of a queue, wherever it is. */
export type JobAdder = Pick<Queue, 'addBulk' | 'remove'>;

type OpenQueue = { pool: Pool; queue: JobAdder & { waitUntilReady: () => Promise<void> } };

const CONNECTIONS = 2;
const TIMEOUT_MS = 5_000;

const open = (): OpenQueue => {
  const pool = new Pool({
    // BullMQ finds its tables by the search path of the session, which a transaction-mode pooler would not keep.
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    max: CONNECTIONS,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    application_name: 'convene-backend-queue',
  });
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle Postgres connection of the queue broke'));
  const options = { connection: pool, defaultJobOptions, skipMetasUpdate: true };
  const queue = new Queue(queueNames.notifications, options, createPostgresBackend);
  queue.on('error', (error) => logger.warn({ err: error }, 'the notifications queue reports an error'));
  return { pool, queue };
};

const state = () =>
  processState<{ opened: OpenQueue | null; lastError: string | null }>('queue-postgres', () => ({
    opened: null,
    lastError: null,
  }));

/**
 * The queue in Postgres, opened on first use.
 *
 * @throws while Postgres is away, or the tables of the queues are not there yet
 */
export const getPostgresQueue = async (): Promise<JobAdder> => {
  const current = state();
  const opened = current.opened ?? open();
  current.opened = opened;
  try {
    await opened.queue.waitUntilReady();
    current.lastError = null;
    return opened.queue;
  } catch (error) {
    current.lastError = error instanceof Error ? error.message : String(error);
    // BullMQ would remember for ever that this failed: the next call asks anew.
    if (current.opened === opened) {
      current.opened = null;
      await opened.pool.end();
    }
    throw error;
  }
};

export const postgresQueueHealth = (): { connected: boolean; lastError: string | null } => {
  const { opened, lastError } = state();
  return { connected: opened !== null && lastError === null, lastError };
};

export const closePostgresQueue = async (): Promise<void> => {
  await state().opened?.pool.end();
};
