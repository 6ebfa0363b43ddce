import type { Payload } from 'payload';
import { logger } from './logger';

type WithPool = { pool: { on: (event: 'error', listener: (error: Error) => void) => unknown } };

const hasPool = (db: unknown): db is WithPool => typeof db === 'object' && db !== null && 'pool' in db;

/**
 * A restart of Postgres breaks the idle connections of Payload's pool, and a pool without a listener ends the process
 * then. The pool replaces them at the next query.
 */
export const surviveLostConnections = ({ db }: Payload): void => {
  if (!hasPool(db)) throw new Error("Payload's database adapter has no pool");
  db.pool.on('error', (error) => logger.warn({ err: error }, "an idle connection of Payload's broke"));
};
