import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { type Server, startBackend, startBareNext, startCollector } from '../lib/servers';
import { type CountedMetric, countedInRedis } from './counted';
import { type Load, startLoad } from './load';
import type { LoadOrder, LoadResult } from './loadMessages';
import { LISTINGS } from './requests';

export type ServerName = 'bare' | 'backend' | 'collector';

/** Events that were acknowledged as counted, and what Redis holds; the same, or an event was lost or made up. */
export type Balance = { metric: CountedMetric; acknowledged: number; inRedis: number };

/** `processorMs`: of the server, for each request; other than its speed it does not depend on what else runs. */
export type LabResult = LoadResult & { processorMs: number };

const insertListings = async (databaseUrl: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO locations (id, title, slug, moderation_status, _status, tier, approved_at)
     SELECT id, 'Listing ' || id, 'listing-' || id, 'approved', 'published', 'standard', now()
     FROM generate_series(1, $1::int) AS id`,
    [LISTINGS],
  );
  await client.end();
};

/** Servers of one kind of run, what sends to them, and the books over what they acknowledged. */
export class Lab {
  readonly #context: TestContext;
  readonly #redis: Redis;
  readonly #load: Load;
  readonly #servers = new Map<ServerName, Server>();
  readonly #acknowledged: Record<CountedMetric, number> = { views: 0, impressions: 0 };
  lost = 0;

  private constructor(context: TestContext, redis: Redis, load: Load) {
    this.#context = context;
    this.#redis = redis;
    this.#load = load;
  }

  static async open(): Promise<Lab> {
    const context = await createTestContext();
    await insertListings(context.databaseUrl);
    const redis = new Redis(context.redisUrl, { protocol: 2 });
    return new Lab(context, redis, startLoad(context.env.backend['SERVICE_TOKEN'] ?? ''));
  }

  async start(name: ServerName, windowMs: number): Promise<Server> {
    const env = {
      ...this.#context.env.backend,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      FEED_COMMIT_WINDOW_MS: String(windowMs),
      // A flush would take away what is counted here at the end.
      SCHEDULERS_ENABLED: 'false',
      TRUSTED_PROXY_HOPS: '1',
    };
    const starts: Record<ServerName, () => Promise<Server>> = {
      bare: startBareNext,
      backend: () => startBackend(env),
      collector: () => startCollector(env),
    };
    const server = await starts[name]();
    this.#servers.set(name, server);
    return server;
  }

  /** Sends, and enters what was acknowledged into the books. */
  async send(
    name: ServerName,
    order: Omit<LoadOrder, 'origin' | 'path'> & { metric: CountedMetric | null },
  ): Promise<LabResult> {
    const { metric, ...rest } = order;
    const server = this.#servers.get(name);
    if (!server) throw new Error(`${name} has not been started`);
    const { origin, inspector } = server;
    const busyBefore = await inspector.processorSeconds();
    const paths = { views: '/api/metrics/view', impressions: '/api/metrics/impression' };
    const result = await this.#load.run({ ...rest, origin, path: metric ? paths[metric] : '/api/bare' });
    if (metric) this.#acknowledged[metric] += result.verdicts['counted'] ?? 0;
    this.lost += result.lost;
    const sent = Object.values(result.statuses).reduce((sum, times) => sum + times, result.lost);
    return { ...result, processorMs: ((await inspector.processorSeconds()) - busyBefore) * (1_000 / sent) };
  }

  async balances(): Promise<Balance[]> {
    const metrics: CountedMetric[] = ['views', 'impressions'];
    return Promise.all(
      metrics.map(async (metric) => ({
        metric,
        acknowledged: this.#acknowledged[metric],
        inRedis: await countedInRedis(this.#redis, metric),
      })),
    );
  }

  async close(): Promise<void> {
    this.#load.stop();
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    this.#redis.disconnect();
    await this.#context.dispose();
  }
}
