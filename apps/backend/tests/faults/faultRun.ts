import { setTimeout as pause } from 'node:timers/promises';
import { DIRTY_COUNTERS_KEY, FLUSH_INFLIGHT_KEY } from '@convene/common/keys';
import type { TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { countedInPostgres, insertListings } from '../feed/harness';
import { Backend, type Fault, type StartBackend } from './backends';
import { startVisitors } from './visitors';

const HIT_WITHIN_MS = 60_000;
const LAST_FLUSHES = 20;

export type FaultRunOptions = {
  /** With `appendfsync: 'always'`. */
  context: TestContext;
  startBackend: StartBackend;
  faults: Fault[];
  /** At least as many are acknowledged. */
  events: number;
  /** Redis killed and started again, and all connections of Postgres ended, as often, among the faults. */
  outages: number;
  env?: Record<string, string>;
  say?: (what: string) => void;
};

export type FaultRunResult = {
  hits: Map<string, number>;
  events: number;
  requests: number;
  retries: number;
  givenUp: string[];
  wrongVerdicts: string[];
  /** Flushes that ended well, and that broke off. */
  flushes: { done: number; broken: number };
  /** Acknowledged increments by counter, and those in Postgres and Redis together. */
  acknowledged: Map<string, number>;
  counted: Map<string, number>;
};

export const nameOfFault = ({ how, when, call }: Fault): string => `${how} ${when} ${call}`;

const countedInRedis = async (redis: Redis): Promise<Map<string, number>> => {
  const keys = await redis.keys('feed:counters:*');
  const values = keys.length === 0 ? [] : await redis.mget(keys);
  return new Map(keys.map((key, index) => [key, Number(values[index] ?? 0)]));
};

/** Outages of the servers themselves. */
const suffer = async (what: 'redis' | 'postgres', { context, pool }: { context: TestContext; pool: Pool }) => {
  if (what === 'redis') {
    await context.killRedis();
    await context.startRedis();
    return;
  }
  await pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
};

/**
 * Two backends that count and flush, both at once and without end, while visitors send and each fault strikes one of
 * them. The lease that keeps flushes apart is taken away all the time: correctness must not rest on it.
 */
export const runFaults = async ({
  context,
  startBackend,
  faults,
  events,
  outages,
  env = {},
  say = () => undefined,
}: FaultRunOptions): Promise<FaultRunResult> => {
  const listings = 40;
  const pool = new Pool({ connectionString: context.databaseUrl, max: 4 });
  pool.on('error', () => undefined);
  await insertListings(pool, { kind: 'locations', ids: Array.from({ length: listings }, (_, index) => index + 1) });
  const backends = await Promise.all([0, 1].map(() => Backend.open(context, startBackend, env)));
  const flushes = { done: 0, broken: 0 };
  const hits = new Map<string, number>();
  let isOver = false;
  const visitors = startVisitors({
    backends,
    serviceToken: context.env.backend['SERVICE_TOKEN'] ?? '',
    listings,
    senders: 8,
    events,
  });
  const flushing = backends.map(async (backend) => {
    while (!isOver) {
      if (await backend.flush()) flushes.done += 1;
      else flushes.broken += 1;
      await pause(20);
    }
  });
  const withoutLease = (async () => {
    while (!isOver) {
      await pool.query('DELETE FROM leases').catch(() => undefined);
      await pause(10);
    }
  })();

  const outageEvery = outages > 0 ? Math.max(1, Math.floor(faults.length / outages)) : Number.POSITIVE_INFINITY;
  for (const [index, fault] of faults.entries()) {
    const backend = backends[index % backends.length];
    await backend?.suffer(fault, AbortSignal.timeout(HIT_WITHIN_MS));
    const name = nameOfFault(fault);
    hits.set(name, (hits.get(name) ?? 0) + 1);
    if (index % outageEvery === outageEvery - 1) {
      for (const what of ['redis', 'postgres'] as const) {
        await suffer(what, { context, pool });
        const outage = what === 'redis' ? 'kill Redis, start it again' : 'end all connections of Postgres';
        hits.set(outage, (hits.get(outage) ?? 0) + 1);
      }
    }
    if (index % 10 === 9) say(`${index + 1} of ${faults.length} faults, ${visitors.books.events} events acknowledged`);
  }
  await visitors.reached;
  await visitors.stop();
  isOver = true;
  await Promise.all([...flushing, withoutLease]);

  const redis = new Redis(context.redisUrl, { protocol: 2 });
  try {
    for (let round = 0; round < LAST_FLUSHES; round += 1) {
      await pool.query('DELETE FROM leases');
      await backends[0]?.flush();
      if ((await redis.scard(DIRTY_COUNTERS_KEY)) + (await redis.scard(FLUSH_INFLIGHT_KEY)) === 0) break;
    }
    const counted = await countedInPostgres(pool);
    for (const [key, value] of await countedInRedis(redis)) counted.set(key, (counted.get(key) ?? 0) + value);
    const { acknowledged, requests, retries, givenUp, wrongVerdicts } = visitors.books;
    return {
      hits,
      events: visitors.books.events,
      requests,
      retries,
      givenUp,
      wrongVerdicts,
      flushes,
      acknowledged,
      counted,
    };
  } finally {
    redis.disconnect();
    await Promise.all(backends.map((backend) => backend.close()));
    await pool.end();
  }
};
