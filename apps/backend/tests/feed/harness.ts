import { CommandCounter } from '@convene/common/commands';
import { counterKey } from '@convene/common/keys';
import type { ListingKind } from '@convene/common/listings';
import { type Metric, metrics } from '@convene/common/metrics';
import { monitored as monitoredAt } from '@convene/local-stack/command-monitor';
import { createTestContext, type TestContext, type TestContextOptions } from '@convene/local-stack/testing';
import { Redis as TcpRedis } from 'ioredis';
import { Pool } from 'pg';
import { Redis, type RedisSettings } from '../../src/utils/redis';

export type Harness = {
  context: TestContext;
  pool: Pool;
  /** The client under test, over REST. */
  redis: Redis;
  commands: CommandCounter;
  /** The same Redis, looked at from beside. */
  raw: TcpRedis;
  /** Another client of the app's kind. */
  client: (settings?: Partial<RedisSettings>) => Redis;
  dispose: () => Promise<void>;
};

/** Servers of the test file's own, and the app's client in front of them. */
export const createHarness = async (options?: TestContextOptions): Promise<Harness> => {
  const context = await createTestContext(options);
  const pool = new Pool({ connectionString: context.databaseUrl, max: 10 });
  const raw = new TcpRedis(context.redisUrl, { protocol: 2, lazyConnect: true });
  // Tests that stop Redis would have it printed.
  raw.on('error', () => undefined);
  await raw.connect();
  const commands = new CommandCounter('backend');
  const client = (settings: Partial<RedisSettings> = {}) =>
    new Redis({
      url: context.upstashUrl,
      token: context.upstashToken,
      counter: commands,
      // Two cores are shared by all tests: slowness is not what they are about.
      deadlineMs: 10_000,
      attemptTimeoutMs: 8_000,
      ...settings,
    });
  return {
    context,
    pool,
    redis: client(),
    commands,
    raw,
    client,
    dispose: async () => {
      raw.disconnect();
      await pool.end();
      await context.dispose();
    },
  };
};

/** What reaches the server while `work` runs, without what scripts call inside, and what they do. */
export const monitored = ({ options: { host, port } }: TcpRedis, work: () => Promise<unknown>) =>
  monitoredAt(`redis://${host}:${port}`, work);

export const keyOf = (
  listingId: number,
  metric: Metric = 'views',
  day = '2025-01-15',
  kind: ListingKind = 'locations',
) => counterKey({ kind, listingId, metric, day });

/** Rows that the foreign keys and not-null columns of the schema ask for, and no more. */
export const insertListings = async (
  pool: Pool,
  { kind, ids, ownerId }: { kind: ListingKind; ids: number[]; ownerId?: number },
): Promise<void> => {
  await pool.query(
    `INSERT INTO ${kind} (id, title, slug, owner_id, moderation_status, _status, tier, approved_at)
     SELECT id, 'Listing ' || id, '${kind}-' || id, $2, 'approved', 'published', 'standard', now()
     FROM unnest($1::int[]) AS id`,
    [ids, ownerId ?? null],
  );
};

/** Everything counted: what lies in Postgres, by kind, listing, day and metric, under the counters' keys. */
export const countedInPostgres = async (pool: Pool): Promise<Map<string, number>> => {
  const { rows } = await pool.query<{ kind: ListingKind; id: number; day: string } & Record<Metric, number>>(
    `SELECT kind, listing_id::int AS id, day, ${metrics.map((metric) => `${metric}::int`).join(', ')} FROM metrics_daily`,
  );
  return new Map(
    rows.flatMap((row) =>
      metrics
        .filter((metric) => row[metric] > 0)
        .map((metric): [string, number] => [keyOf(row.id, metric, row.day, row.kind), row[metric]]),
    ),
  );
};

export const emptyFeedTables = (pool: Pool) =>
  pool.query('TRUNCATE metrics_daily, flush_batches, counter_outbox, aggregates, listing_rank, leases, job_runs');
