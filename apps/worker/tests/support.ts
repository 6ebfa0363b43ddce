import { setTimeout as sleep } from 'node:timers/promises';
import { type MaintenanceJob, type NotificationJob, type QueueBackendName, queueNames } from '@convene/common';
import type { TestContext } from '@convene/local-stack/testing';
import type { OutboxEntry } from '@convene/outbox';
import { writeNotifications } from '@convene/outbox';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { pino } from 'pino';
import type { WorkerSettings } from '../src/config/workerSettings';
import { parseWorkerEnv, type WorkerEnv } from '../src/env';
import type { Logger } from '../src/logger';
import type { JobQueue } from '../src/queues/backend';
import { createQueueBackend } from '../src/queues/createBackend';
import { type RunningWorker, startWorker } from '../src/startWorker';

/** Polls until it holds; throws where it does not in time. */
export const until = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
    await sleep(20);
  }
};

let queueBackend: QueueBackendName = 'redis';

/** Has all that follows in this test file run with the queues there; to be called before the tests are defined. */
export const useQueueBackend = (name: QueueBackendName): void => {
  queueBackend = name;
};

/** Where the queues of this test file are. */
export const queueBackendOfTests = (): QueueBackendName => queueBackend;

export const workerEnvOf = (context: TestContext, overrides: Record<string, string> = {}): WorkerEnv =>
  parseWorkerEnv({
    ...context.env.worker,
    PORT: '0',
    LOG_LEVEL: 'silent',
    QUEUE_BACKEND: queueBackend,
    // The rate has tests of its own.
    RESEND_REQUESTS_PER_SECOND: '200',
    ...overrides,
  });

/** Log lines as they would be printed. */
export const createLog = () => {
  const lines: string[] = [];
  const logger: Logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  return { lines, logger };
};

const silent: Logger = pino({ level: 'silent' });

export type TestQueues = {
  notifications: JobQueue<NotificationJob>;
  maintenance: JobQueue<MaintenanceJob>;
  /** Forgets every job, as a server does that loses its memory. */
  forget: () => Promise<void>;
  close: () => Promise<void>;
};

/** The queues as the worker has them, over connections of the test's own. */
export const openTestQueues = (context: TestContext): TestQueues => {
  const backend = createQueueBackend({ env: workerEnvOf(context), logger: silent, maxConnections: 3 });
  const options = { connection: backend.name };
  const queues: Pick<TestQueues, 'notifications' | 'maintenance'> = {
    notifications: new Queue(queueNames.notifications, options, backend.factory),
    maintenance: new Queue(queueNames.maintenance, options, backend.factory),
  };
  const pool = new pg.Pool({ connectionString: context.databaseUrl, max: 1 });
  const redis = new Redis(context.redisUrl, { lazyConnect: true });
  return {
    ...queues,
    forget: async () => {
      if (backend.name === 'redis') await redis.flushall();
      else await pool.query('TRUNCATE bullmq.job, bullmq.event CASCADE');
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
      await backend.close();
      redis.disconnect();
      await pool.end();
    },
  };
};

/** Five in the morning, UTC: the night's pruning is due or was missed, and the digests of the day are still to come. */
export const quietHour = (): Date => new Date(`${new Date().toISOString().slice(0, 10)}T05:00:00Z`);

export const startTestWorker = (
  context: TestContext,
  {
    env = {},
    settings = {},
    logger = silent,
    now = quietHour,
  }: { env?: Record<string, string>; settings?: Partial<WorkerSettings>; logger?: Logger; now?: () => Date } = {},
): Promise<RunningWorker> => startWorker({ env: workerEnvOf(context, env), logger, overrides: settings, now });

type NewUser = {
  email: string;
  displayName?: string;
  locale?: 'en' | 'ro';
  roles?: string[];
  verified?: boolean;
  deleted?: boolean;
  wantsListings?: boolean;
};

export const insertUser = async (
  pool: pg.Pool,
  { email, displayName = 'Ana', locale = 'en', roles = ['client'], verified = true, deleted, wantsListings }: NewUser,
): Promise<number> => {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO users (email, display_name, locale, _verified, deleted_at, notification_preferences_listings)
     VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() END, $6) RETURNING id`,
    [email, displayName, locale, verified, deleted ?? false, wantsListings ?? true],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no user was made');
  for (const [order, role] of roles.entries()) {
    await pool.query('INSERT INTO users_roles ("order", parent_id, value) VALUES ($1, $2, $3)', [order, id, role]);
  }
  return id;
};

/** Many at once, as `{prefix}{n}@example.com`; their ids in the order of n, from 0. */
export const insertUsers = async (pool: pg.Pool, { count, prefix }: { count: number; prefix: string }) => {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO users (email, display_name, locale, _verified)
     SELECT $1 || n || '@example.com', 'Ana', 'en', true FROM generate_series(0, $2::int - 1) AS n ORDER BY n
     RETURNING id`,
    [prefix, count],
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
};

/** Announces something, as the backend does. */
export const notify = async (pool: pg.Pool, entry: OutboxEntry): Promise<string> => {
  const [id] = await writeNotifications(pool, [entry]);
  if (id === undefined) throw new Error('nothing was written');
  return id;
};

export type OutboxRecord = {
  status: string;
  error: string | null;
  closed_at: Date | null;
  not_before: Date | null;
  first_attempt_at: Date | null;
};

export const outboxRow = async (pool: pg.Pool, id: string): Promise<OutboxRecord> => {
  const { rows } = await pool.query<OutboxRecord>('SELECT * FROM notification_outbox WHERE id = $1', [id]);
  const row = rows[0];
  if (!row) throw new Error('no such row');
  return row;
};

export const untilClosed = async (pool: pg.Pool, id: string, timeoutMs = 15_000): Promise<OutboxRecord> => {
  await until(`the row ${id} is closed`, async () => (await outboxRow(pool, id)).closed_at !== null, timeoutMs);
  return outboxRow(pool, id);
};

export const logRows = async (pool: pg.Pool, outboxId: string) => {
  const { rows } = await pool.query<{
    recipient_no: number;
    recipient: string;
    status: string;
    message_id: string | null;
    error: string | null;
  }>(
    `SELECT recipient_no::int, recipient, status, message_id, error FROM notification_log
     WHERE outbox_id = $1 ORDER BY recipient_no`,
    [outboxId],
  );
  return rows;
};
