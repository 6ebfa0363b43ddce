import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { SoakStack } from './stack';

export type Fault = { name: string; strike: (stack: SoakStack) => Promise<void> };

/** Nobody gets in, and whoever is in is thrown out: what a restart of Postgres is to its clients. */
const shutPostgres = async ({ context }: SoakStack, ms: number): Promise<void> => {
  const url = new URL(context.databaseUrl);
  const database = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  const name = client.escapeIdentifier(database);
  try {
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database]);
    await delay(ms);
  } finally {
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await client.end();
  }
};

/** What happens to the stack, one after the other. */
export const faults: Fault[] = [
  {
    name: 'Redis is killed and started again after 5 s',
    strike: async ({ context }) => {
      await context.killRedis();
      await delay(5_000);
      await context.startRedis();
    },
  },
  { name: 'Postgres lets nobody in for 5 s', strike: (stack) => shutPostgres(stack, 5_000) },
  { name: 'the worker is killed', strike: (stack) => stack.crash('worker') },
  {
    name: 'the provider answers 429, 500, nothing, and takes mails without saying so',
    strike: async ({ context }) => {
      context.mailbox.fail(
        { kind: 'status', status: 429, retryAfterSeconds: 1 },
        { kind: 'status', status: 500 },
        { kind: 'cut' },
        { kind: 'cut', when: 'after' },
        { kind: 'status', status: 503 },
        { kind: 'cut', when: 'after' },
      );
      await delay(5_000);
    },
  },
  { name: 'the backend is killed', strike: (stack) => stack.crash('backend') },
  { name: 'the site is killed', strike: (stack) => stack.crash('frontend') },
];
