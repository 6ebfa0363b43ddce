import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlExecutor } from '@convene/coordination';
import { Pool } from 'pg';
import type { Logger } from './logger';

/** SQLSTATE classes and socket errors that say "not now" about the server, and nothing about the statement. */
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  '53300', // too many connections
  '57P01', // the administrator shuts it down
  '57P02', // it crashes
  '57P03', // it starts
]);
const unavailableMessages =
  /Connection terminated|timeout exceeded when trying to connect|server closed the connection/i;

/** Is Postgres away, rather than the statement wrong? */
export const isPostgresUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isPostgresUnavailable)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return unavailableCodes.has(code) || code.startsWith('08') || unavailableMessages.test(error.message);
};

export type PostgresState = { lastOkAt: Date | null; lastError: { message: string; at: Date } | null };

export type WorkerPostgres = {
  pool: Pool;
  /** Fails at once where Postgres can't be reached. */
  sql: SqlExecutor;
  /**
   * Waits for Postgres instead, until the signal aborts: the jobs in hand need it, and so does every other one.
   * For statements that may run twice: the answer to the first may be what got lost.
   */
  patientSql: (signal: AbortSignal) => SqlExecutor;
  /** From the outcomes of what was asked anyway. */
  state: () => PostgresState;
  close: () => Promise<void>;
};

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

/** The worker's Postgres; nothing is connected before the first statement. */
export const createPostgres = ({
  connectionString,
  logger,
  maxConnections,
}: {
  connectionString: string;
  logger: Logger;
  maxConnections: number;
}): WorkerPostgres => {
  const pool = new Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'convene-worker',
  });
  const log = logger.child({ part: 'postgres' });
  let lastOkAt: Date | null = null;
  let lastError: PostgresState['lastError'] = null;

  const noteFailure = (error: unknown): void => {
    const message = error instanceof Error ? error.message || error.name : String(error);
    if (lastError?.message !== message) log.error({ err: error }, 'Postgres can not be reached; waiting for Postgres');
    lastError = { message, at: new Date() };
  };
  // A connection that rests in the pool and breaks there.
  pool.on('error', noteFailure);

  const sql: SqlExecutor = {
    query: async (text, params) => {
      try {
        const result = await pool.query(text, params);
        if (lastError || !lastOkAt) log.info('Postgres answers');
        lastOkAt = new Date();
        lastError = null;
        return result;
      } catch (error) {
        if (isPostgresUnavailable(error)) noteFailure(error);
        throw error;
      }
    },
  };

  const patientSql = (signal: AbortSignal): SqlExecutor => ({
    query: async (text, params) => {
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
        try {
          return await sql.query(text, params);
        } catch (error) {
          if (!isPostgresUnavailable(error) || signal.aborted) throw error;
          await sleep(pauseMs, undefined, { signal });
        }
      }
    },
  });

  return { pool, sql, patientSql, state: () => ({ lastOkAt, lastError }), close: () => pool.end() };
};
