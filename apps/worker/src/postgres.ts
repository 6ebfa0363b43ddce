import { setTimeout as sleep } from 'node:timers/promises';
import { inPoolTransaction, type SqlExecutor } from '@convene/coordination';
import { Pool, type QueryConfig } from 'pg';
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
  /Connection terminated|timeout exceeded when trying to connect|server closed the connection|Query read timeout/i;

/** What tells of a connection, and not yet of a server that is away: the next one may work. */
const brokenConnectionMessages = /Query read timeout|Connection terminated|ECONNRESET|server closed the connection/i;
/** For how long connections may break, one after the other, before that is a trouble to tell of. */
const TOLERATED_MS = 15_000;

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
  /** Fails at once where Postgres can't be reached, and soon where a connection is swallowed without a word. */
  sql: SqlExecutor;
  /** The same for statements that may take minutes. */
  slowSql: SqlExecutor;
  /**
   * Waits for Postgres instead, until the signal aborts: the jobs in hand need it, and so does every other one.
   * For statements that may run twice: the answer to the first may be what got lost.
   */
  patientSql: (signal: AbortSignal, executor?: SqlExecutor) => SqlExecutor;
  /**
   * Runs statements as one, all or none, after whoever else holds the lock of that name; waits for Postgres as
   * {@link patientSql} does, so all of them may run twice.
   */
  patientTransaction: (signal: AbortSignal) => <T>(lock: string, work: (sql: SqlExecutor) => Promise<T>) => Promise<T>;
  /** Called when Postgres answers after it did not: what it had to tell meanwhile may have been lost. */
  onRecovered: (listener: () => void) => void;
  /** From the outcomes of what was asked anyway. */
  state: () => PostgresState;
  close: () => Promise<void>;
};

/** Longer than statements of a mail take: no answer will come over that connection any more. */
const ANSWER_TIMEOUT_MS = 10_000;
const SLOW_ANSWER_TIMEOUT_MS = 10 * 60_000;

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

/** Waits until nobody else's transaction holds the lock of that name; it is given back with the one that `sql` is in. */
export const takeLock = async (sql: SqlExecutor, lock: string): Promise<void> => {
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`convene:${lock}`]);
};

/**
 * A transaction whose statements may take minutes, begun when nobody else holds the lock of that name: what it reads is
 * all that they wrote.
 */
export const inLockedTransaction = <T>(pool: Pool, lock: string, work: (sql: SqlExecutor) => Promise<T>): Promise<T> =>
  inPoolTransaction(pool, async (client) => {
    const sql: SqlExecutor = {
      query: (text, params) => {
        const statement: QueryConfig & { query_timeout: number } = { text, query_timeout: SLOW_ANSWER_TIMEOUT_MS };
        return client.query(params ? { ...statement, values: params } : statement);
      },
    };
    await takeLock(sql, lock);
    return work(sql);
  });

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
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'convene-worker',
  });
  const log = logger.child({ part: 'postgres' });
  const recoveryListeners: (() => void)[] = [];
  let lastOkAt: Date | null = null;
  let lastError: PostgresState['lastError'] = null;

  let failingSinceMs: number | null = null;
  let hasTold = false;

  const noteFailure = (error: unknown): void => {
    const message = error instanceof Error ? error.message || error.name : String(error);
    failingSinceMs ??= performance.now();
    const isBroken = brokenConnectionMessages.test(message);
    if (!hasTold && (!isBroken || performance.now() - failingSinceMs > TOLERATED_MS)) {
      hasTold = true;
      log.error({ err: error }, 'Postgres can not be reached; waiting for Postgres');
    } else log.debug({ err: error }, 'Postgres can not be reached');
    lastError = { message, at: new Date() };
  };
  // A connection that rests in the pool and breaks there is replaced at the next statement, which tells whether it can.
  pool.on('error', (error) => log.debug({ err: error }, 'an idle connection to Postgres broke'));

  const executor = (timeoutMs: number): SqlExecutor => ({
    query: async (text, params) => {
      try {
        const statement: QueryConfig & { query_timeout: number } = { text, query_timeout: timeoutMs };
        const result = await pool.query(params ? { ...statement, values: params } : statement);
        const hasRecovered = lastError !== null;
        if (hasTold || !lastOkAt) log.info('Postgres answers');
        lastOkAt = new Date();
        lastError = null;
        failingSinceMs = null;
        hasTold = false;
        if (hasRecovered) for (const listener of recoveryListeners) listener();
        return result;
      } catch (error) {
        if (isPostgresUnavailable(error)) noteFailure(error);
        throw error;
      }
    },
  });
  const sql = executor(ANSWER_TIMEOUT_MS);

  const patiently = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      try {
        return await work();
      } catch (error) {
        if (!isPostgresUnavailable(error) || signal.aborted) throw error;
        await sleep(pauseMs, undefined, { signal });
      }
    }
  };

  const patientSql: WorkerPostgres['patientSql'] = (signal, impatient = sql) => ({
    query: (text, params) => patiently(signal, () => impatient.query(text, params)),
  });

  const patientTransaction: WorkerPostgres['patientTransaction'] = (signal) => (lock, work) =>
    patiently(signal, async () => {
      try {
        return await inLockedTransaction(pool, lock, work);
      } catch (error) {
        if (isPostgresUnavailable(error)) noteFailure(error);
        throw error;
      }
    });

  return {
    pool,
    sql,
    slowSql: executor(SLOW_ANSWER_TIMEOUT_MS),
    patientSql,
    patientTransaction,
    onRecovered: (listener) => recoveryListeners.push(listener),
    state: () => ({ lastOkAt, lastError }),
    close: () => pool.end(),
  };
};
