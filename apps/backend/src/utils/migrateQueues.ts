import { DEFAULT_SCHEMA, runMigrations } from 'bullmq';
import type { Pool } from 'pg';

/**
 * Brings BullMQ's own tables up to date, in a schema of their own. Part of each release, wherever the queues are, so
 * that QUEUE_BACKEND can be changed by a restart. Safe to run at any time and by several at once.
 *
 * @returns the version that the schema is at
 */
export const migrateQueues = async (pool: Pool): Promise<number> => {
  const client = await pool.connect();
  try {
    return await runMigrations(client, DEFAULT_SCHEMA);
  } finally {
    client.release();
  }
};
