import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestContext, type TestContext } from '../src/testing';

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
};

describe('createTestContext', () => {
  let first: TestContext;
  let second: TestContext;
  beforeAll(async () => {
    [first, second] = await Promise.all([
      createTestContext({ template: 'empty' }),
      createTestContext({ template: 'empty' }),
    ]);
  });
  afterAll(() => Promise.all([first.dispose(), second.dispose()]));

  it('gives each its own database', async () => {
    await query(first.databaseUrl, 'CREATE TABLE mine (id int)');
    const tables = await query(second.databaseUrl, "SELECT 1 FROM pg_tables WHERE tablename = 'mine'");
    expect(tables).toEqual([]);
  });

  it('gives UTF8 and UTC', async () => {
    const [row] = await query(
      first.databaseUrl,
      "SELECT current_setting('server_encoding') e, current_setting('TimeZone') z",
    );
    expect(row).toEqual({ e: 'UTF8', z: 'UTC' });
  });

  it('gives each its own Redis, the REST endpoint before it included', async () => {
    const rest = new UpstashRedis({ url: first.upstashUrl, token: first.upstashToken });
    await rest.set('whose', 'first');
    const [own, other] = [new Redis(first.redisUrl), new Redis(second.redisUrl)];
    expect(await own.get('whose')).toBe('first');
    expect(await other.dbsize()).toBe(0);
    own.disconnect();
    other.disconnect();
  });

  it('keeps the keys of a Redis that is stopped and started again, on the same port', async () => {
    const redis = new Redis(second.redisUrl);
    redis.on('error', () => undefined);
    await redis.set('kept', 'yes');
    await second.stopRedis();
    await expect(
      new UpstashRedis({ url: second.upstashUrl, token: second.upstashToken, retry: false }).get('kept'),
    ).rejects.toThrow('Redis could not be reached');
    await second.startRedis();
    expect(await redis.get('kept')).toBe('yes');
    redis.disconnect();
  });

  it('names every address in the environments of the apps', () => {
    expect(first.env.backend).toMatchObject({
      DATABASE_URL: first.databaseUrl,
      UPSTASH_REDIS_URL: first.redisUrl,
      PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: first.upstashUrl,
    });
    expect(first.env.worker).toMatchObject({
      RESEND_BASE_URL: first.mailbox.url,
      RESEND_API_KEY: first.mailbox.apiKey,
    });
    expect(first.env.frontend['SERVICE_TOKEN']).toBe(first.env.backend['SERVICE_TOKEN']);
  });
});

describe('the migrated template', () => {
  let context: TestContext;
  beforeAll(async () => {
    context = await createTestContext();
  }, 120_000);
  afterAll(() => context.dispose());

  it("has the backend's schema", async () => {
    const rows = await query(
      context.databaseUrl,
      "SELECT to_regclass('notification_outbox') AS outbox, to_regclass('metrics_daily') AS metrics, to_regclass('worker_users') AS users",
    );
    expect(rows).toEqual([{ outbox: 'notification_outbox', metrics: 'metrics_daily', users: 'worker_users' }]);
  });
});
