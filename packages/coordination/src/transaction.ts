import type { Pool, PoolClient } from 'pg';

/**
 * A connection of the pool with somebody who listens to it from its first moment: the pool listens to resting ones
 * only, and one that breaks in use would end the process. `await pool.connect()` comes too late, since the reply that
 * makes a connection ready and the one that ends it can arrive together.
 */
const checkOut = (pool: Pool, onBroken: (error: Error) => void): Promise<PoolClient> =>
  new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (!client) {
        reject(error ?? new Error('the pool gave no connection'));
        return;
      }
      client.on('error', onBroken);
      resolve(client);
    });
  });

/**
 * Runs `work` in a transaction of its own: committed when it ends, rolled back when it throws. A connection that broke
 * on the way, or can't even roll back, is thrown away; Postgres then rolls back what it had open.
 */
export const inPoolTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  let broken: Error | undefined;
  const onBroken = (error: Error): void => {
    broken = error;
  };
  const client = await checkOut(pool, onBroken);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => {
      onBroken(cause instanceof Error ? cause : new Error(String(cause)));
    });
    throw error;
  } finally {
    client.off('error', onBroken);
    client.release(broken);
  }
};
