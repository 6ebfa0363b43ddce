import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { z } from 'zod';
import { quantile } from '../lib/table';

export type Costs = { transactions: number; scans: number; redisCommands: number };

/** Postgres' connections report what they did a second later, idle ones after ten. */
const REPORTED_AFTER_MS = 11_000;

const countsSchema = z.object({ transactions: z.coerce.number(), scans: z.coerce.number() });

/** What has been done since the services started. */
const countsOf = async ({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string }): Promise<Costs> => {
  await pause(REPORTED_AFTER_MS);
  const client = new Client({ connectionString: databaseUrl });
  const redis = new Redis(redisUrl);
  try {
    await client.connect();
    const { rows } = await client.query(`
      SELECT (SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()) AS transactions,
             (SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_user_tables
              WHERE relname ~ '^(locations|events|services|listing_rank|media|cities|listing_types|reviews|aggregates)') AS scans
    `);
    const [, commands] = /total_commands_processed:(\d+)/.exec(await redis.info('stats')) ?? [];
    return { ...countsSchema.parse(rows[0]), redisCommands: Number(commands) };
  } finally {
    await client.end();
    redis.disconnect();
  }
};

/** What `work` has cost the services, and what watching itself costs. */
export const costOf = async (services: { databaseUrl: string; redisUrl: string }, work: () => Promise<unknown>) => {
  const before = await countsOf(services);
  await work();
  const after = await countsOf(services);
  return {
    transactions: after.transactions - before.transactions,
    scans: after.scans - before.scans,
    redisCommands: after.redisCommands - before.redisCommands,
  };
};

export type Reading = { answers: number; failures: number; p50Ms: number; p99Ms: number };

/** So many readers at once, each of whom asks again as soon as the page has come. */
export const readTogether = async (url: string, readers: number, ms: number): Promise<Reading> => {
  const end = performance.now() + ms;
  const latenciesMs: number[] = [];
  let failures = 0;
  const reader = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      if (!response.ok) failures += 1;
      latenciesMs.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  latenciesMs.sort((a, b) => a - b);
  return {
    answers: latenciesMs.length,
    failures,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
  };
};
