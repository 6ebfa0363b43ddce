import { loadEnv } from 'payload/node';

/* The second half of `pnpm --filter @convene/backend migrate`: the tables of the queues, after Payload's. */

// The same .env files as the app reads, before anything parses the environment.
loadEnv();
const { getPool } = await import('../utils/postgres');
const { migrateQueues } = await import('../utils/migrateQueues');

const version = await migrateQueues(getPool());
console.log(`the queues' tables are at version ${version}`);
await getPool().end();
