import { Pool } from 'pg';
import { env } from '../env';
import { logger } from './logger';
import { processState } from './processState';

/** Connections for counters, ranking, outbox and leases; Payload has a pool of its own. */
export const getPool = (): Pool =>
  processState('postgres-pool', () => {
    const pool = new Pool({
      connectionString: env.DATABASE_URL,
      max: 5,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      application_name: 'convene-backend',
    });
    // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
    pool.on('error', (error) => logger.warn({ err: error }, 'an idle Postgres connection broke'));
    return pool;
  });
