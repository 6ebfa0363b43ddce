import { loadEnv } from 'payload/node';

/*
 * Turns two-factor sign-in off for somebody who has lost both telephone and recovery codes, and ends their sessions. Make
 * sure first that it is them.
 *
 *   pnpm --filter @convene/backend two-factor:off somebody@example.com
 */

// The same .env files as the app reads, before anything parses the environment.
loadEnv();
const { announceTwoFactor } = await import('../collections/Users/twoFactor/announce');
const { turnOff } = await import('../collections/Users/twoFactor/store');
const { getPool } = await import('../utils/postgres');

const run = async (): Promise<number> => {
  const address = process.argv[2]?.trim().toLowerCase();
  const pool = getPool();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ id: number }>('SELECT id FROM users WHERE email = $1', [address ?? '']);
    const id = rows[0]?.id;
    if (id === undefined) {
      await client.query('ROLLBACK');
      process.stderr.write('There is no account with that address.\n');
      return 1;
    }
    await turnOff(client, id);
    await announceTwoFactor(client, { userId: id, isOn: false });
    await client.query('DELETE FROM users_sessions WHERE _parent_id = $1', [id]);
    await client.query('COMMIT');
    process.stdout.write('Two-factor sign-in is off, and every session has ended.\n');
    return 0;
  } finally {
    client.release();
    await pool.end();
  }
};

process.exitCode = await run();
