import type { Pool, PoolClient } from 'pg';

/** Runs `work` in a transaction of its own: committed when it ends, rolled back when it throws. */
export const inPoolTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // The connection may be what failed: it is thrown away, and Postgres rolls back what it had open.
    client.release(true);
    throw error;
  }
};
