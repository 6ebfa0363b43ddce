import { createServer } from 'node:net';
import { Pool } from 'pg';
import { describe, expect, test } from 'vitest';
import { isOutOfReach } from './postgresErrors';

const errorOf = async (pool: Pool): Promise<unknown> => {
  try {
    await pool.query('SELECT 1');
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await pool.end();
  }
};

describe('what is out of reach', () => {
  test('a port where nobody listens', async () => {
    const pool = new Pool({ host: '127.0.0.1', port: 1 });
    expect(isOutOfReach(await errorOf(pool))).toBe(true);
  });

  test('a server that says nothing, for as long as a connection is waited for', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const pool = new Pool({ host: '127.0.0.1', port: address.port, connectionTimeoutMillis: 50 });
    expect(isOutOfReach(await errorOf(pool))).toBe(true);
    server.close();
  });

  test.each(['08006', '53300', '57P01', '57P03'])('Postgres says %s, inside what others made of it', (code) => {
    const error = new Error('Failed query', { cause: Object.assign(new Error('refused'), { code }) });
    expect(isOutOfReach(error)).toBe(true);
  });

  test.each([
    new Error('a bug'),
    new TypeError('x is undefined'),
    Object.assign(new Error('duplicate key'), { code: '23505' }),
    Object.assign(new Error('deadlock'), { code: '40P01' }),
    undefined,
  ])('but not %s', (error) => {
    expect(isOutOfReach(error)).toBe(false);
  });
});
