import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { type AppEnvironments, appEnvironments } from './appEnvironment';
import { startGuard } from './guard';
import { type RunningMailbox, startMailbox } from './mailbox';
import { startPackageScript } from './packageScript';
import { defaultDataDirectory } from './paths';
import { stopProcess } from './processes';
import { type RunningRedis, startRedis } from './redis';
import { findTestStack, randomName, TEMPLATE_DATABASE, type TestStack } from './testing/testStack';
import { startUpstashRest } from './upstashRest';

export { createFaultProxy, type FaultProxy } from './faultProxy';
export type { FaultInput, Mail, MailFilter, RunningMailbox } from './mailbox';
export { createPostgresFaultProxy } from './testing/postgresFaultProxy';
export { createRestFaultProxy, type FaultPoint, type OnFaultPoint } from './testing/restFaultProxy';

const API_KEY = 're_test_key';
const UPSTASH_TOKEN = 'test-upstash-token';
/** Anything; the same for all tests of this project, so that only one migrates. */
const MIGRATION_LOCK = 7_261_834;

export type TestContextOptions = {
  /** `migrated`: the backend's schema, by its migrations. `empty`: a database without tables. */
  template?: 'migrated' | 'empty';
  /** `always`: Redis has on disk what it has acknowledged, so that {@link TestContext.killRedis} loses nothing. */
  appendfsync?: 'everysec' | 'always';
};

export type TestContext = {
  /** A database of its own. */
  databaseUrl: string;
  /** A Redis server of its own, so that SCAN, MONITOR and FLUSHALL meet nobody else's keys. */
  redisUrl: string;
  upstashUrl: string;
  upstashToken: string;
  mailbox: RunningMailbox & { apiKey: string };
  /** Complete environments of the three apps. */
  env: AppEnvironments;
  /** For files of the test; deleted with the context. */
  directory: string;
  /** Ends the Redis server, as an outage does. What it holds is kept for {@link TestContext.startRedis}. */
  stopRedis: () => Promise<void>;
  /** Ends it by kill -9: what was not written to disk is gone. */
  killRedis: () => Promise<void>;
  /** Starts it again on the same port. */
  startRedis: () => Promise<void>;
  dispose: () => Promise<void>;
};

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const databaseUrlOf = (stack: TestStack, database: string): string => {
  const url = new URL(stack.postgresUrl);
  url.pathname = `/${database}`;
  return url.href;
};

const secrets = {
  payload: 'test-payload-secret-of-32-characters',
  service: 'test-service-token-of-32-characters',
  jobs: 'test-jobs-secret-of-at-least-32-chars',
  session: 'test-session-secret-of-32-characters',
  unsubscribe: 'test-unsubscribe-secret-of-32-chars',
  webhook: 'test-webhook-secret-of-32-characters',
  previews: 'test-previews-token-of-32-characters',
};

const ports = { backend: 3001, worker: 3002, frontend: 3000 };

/** Runs the backend's migrations by its own script, as a release does. */
const migrate = async (stack: TestStack, database: string): Promise<void> => {
  const nowhere = 'http://127.0.0.1:1';
  const env = appEnvironments({
    services: {
      databaseUrl: databaseUrlOf(stack, database),
      redis: { url: 'redis://127.0.0.1:1' },
      upstash: { url: nowhere, token: UPSTASH_TOKEN },
      resend: { apiKey: API_KEY, baseUrl: nowhere },
    },
    secrets,
    ports,
    nodeEnv: 'test',
    mediaDirectory: path.join(stack.directory, 'media'),
  });
  const child = await startPackageScript({
    app: 'backend',
    script: 'migrate',
    env: { ...env.backend, SCHEDULERS_ENABLED: 'false' },
  });
  const guard = startGuard();
  if (child.pid !== undefined) guard.watch({ pid: child.pid, signal: 'SIGTERM', isGroup: true });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  guard.release();
  if (code !== 0) throw new Error(`The backend's migrations failed (exit code ${code}):\n${output}`);
};

const hasTemplate = async (client: pg.Client): Promise<boolean> => {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE_DATABASE]);
  return rowCount === 1;
};

/** Migrates once a run, whoever comes first; everybody else waits. */
const ensureTemplate = (stack: TestStack): Promise<void> =>
  withClient(stack.postgresUrl, async (client) => {
    if (await hasTemplate(client)) return;
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if (await hasTemplate(client)) return;
    const draft = randomName('draft');
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(draft)}`);
    await migrate(stack, draft);
    await client.query(
      `ALTER DATABASE ${client.escapeIdentifier(draft)} RENAME TO ${client.escapeIdentifier(TEMPLATE_DATABASE)}`,
    );
  });

const createDatabase = async (stack: TestStack, template: 'migrated' | 'empty'): Promise<string> => {
  if (template === 'migrated') await ensureTemplate(stack);
  const database = randomName('test');
  await withClient(stack.postgresUrl, (client) => {
    const source = template === 'migrated' ? TEMPLATE_DATABASE : 'template0';
    return client.query(
      `CREATE DATABASE ${client.escapeIdentifier(database)} TEMPLATE ${client.escapeIdentifier(source)}`,
    );
  });
  return database;
};

const dropDatabase = (stack: TestStack, database: string) =>
  withClient(stack.postgresUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`),
  );

/**
 * Everything a test file needs, for itself alone: a database, a Redis server, the REST endpoint in front of it, a
 * mailbox. Make it in `beforeAll` and dispose of it in `afterAll`.
 */
export const createTestContext = async ({
  template = 'migrated',
  appendfsync = 'everysec',
}: TestContextOptions = {}): Promise<TestContext> => {
  const stack = await findTestStack();
  const guard = startGuard();
  const directory = await mkdtemp(path.join(stack.directory, 'context-'));
  await mkdir(path.join(directory, 'media'));

  const launchRedis = (port: number): Promise<RunningRedis> =>
    startRedis({
      directory: path.join(directory, 'redis'),
      toolsDirectory: path.join(defaultDataDirectory(), 'tools'),
      port,
      isDurable: true,
      appendfsync,
      guard,
    });
  const [database, firstRedis] = await Promise.all([createDatabase(stack, template), launchRedis(0)]);
  let redis = firstRedis;
  const upstash = await startUpstashRest({ redisUrl: redis.url, token: UPSTASH_TOKEN, port: 0 });
  const mailbox = await startMailbox({ port: 0, apiKey: API_KEY });

  return {
    databaseUrl: databaseUrlOf(stack, database),
    redisUrl: redis.url,
    upstashUrl: upstash.url,
    upstashToken: UPSTASH_TOKEN,
    mailbox: { ...mailbox, apiKey: API_KEY },
    env: appEnvironments({
      services: {
        databaseUrl: databaseUrlOf(stack, database),
        redis: { url: redis.url },
        upstash: { url: upstash.url, token: UPSTASH_TOKEN },
        resend: { apiKey: API_KEY, baseUrl: mailbox.url },
      },
      secrets,
      ports,
      nodeEnv: 'test',
      mediaDirectory: path.join(directory, 'media'),
    }),
    directory,
    stopRedis: () => redis.stop(),
    killRedis: () => stopProcess({ pid: redis.pid, signal: 'SIGKILL' }),
    startRedis: async () => {
      redis = await launchRedis(redis.port);
    },
    dispose: async () => {
      await Promise.all([mailbox.stop(), upstash.stop()]);
      await redis.stop();
      await dropDatabase(stack, database);
      await rm(directory, { recursive: true, force: true });
      guard.release();
    },
  };
};
