import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '@convene/local-stack';
import type { TestContext } from '@convene/local-stack/testing';
import { writeNotifications } from '@convene/outbox';
import pg from 'pg';
import { type AppChild, startChild } from '../child';
import type { Environment } from '../days';
import type { LabApp } from '../lab';
import { commandCountsOf } from '../tally';

const POLL_MS = 20;
const PATIENCE_MS = 120_000;

const until = async (what: string, condition: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE_MS / 1_000} s: ${what}`);
    await pause(POLL_MS);
  }
};

/** An environment of that kind: its numbers are the app's own. */
const appEnvironment = (environment: Environment): Record<string, string> => ({
  NODE_ENV: environment === 'development' ? 'development' : 'production',
  APP_ENV: environment,
  LOG_LEVEL: 'silent',
});

const insertReader = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO users (email, display_name, locale, _verified, notification_preferences_listings)
     VALUES ('reader@example.com', 'Reader', 'en', true, true)
     ON CONFLICT (email) DO UPDATE SET updated_at = now() RETURNING id`,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no user was made');
  return id;
};

export type ConveneLab = LabApp & {
  /** Announces one notification and resolves with its id when that is committed. */
  announceOne: () => Promise<string>;
  /** Resolves when all of them are sent. */
  untilSent: (ids: string[]) => Promise<void>;
  /** What the apps themselves have counted, by client. */
  ownCounts: () => Promise<Record<string, Record<string, number>>>;
};

/** Convene's worker and backend as processes of their own; notifications take the whole way from the outbox on. */
export const createConvene = ({
  environment,
  context,
  env = {},
  onWorkerLine,
}: {
  environment: Environment;
  context: TestContext;
  /** Over what the environment sets. */
  env?: { backend?: Record<string, string>; worker?: Record<string, string> };
  /** Is told of each line of the worker's log. */
  onWorkerLine?: (line: string) => void;
}): ConveneLab => {
  const pool = new pg.Pool({ connectionString: context.databaseUrl, max: 3 });
  const children: AppChild[] = [];
  let readerId = 0;
  let workerUrl = '';
  const write = (count: number): Promise<string[]> => {
    const entry = { type: 'user.welcome.client', payload: { userId: readerId } } as const;
    return writeNotifications(
      pool,
      Array.from({ length: count }, () => entry),
    );
  };
  const untilSent = (ids: string[]): Promise<void> =>
    until(`${ids.length} notifications are sent`, async () => {
      const { rows } = await pool.query<{ status: string }>(
        'SELECT status FROM notification_outbox WHERE id = ANY($1) AND closed_at IS NOT NULL',
        [ids],
      );
      const unsent = rows.find(({ status }) => status !== 'sent');
      if (unsent) throw new Error(`a notification was not sent but ${unsent.status}`);
      return rows.length === ids.length;
    });

  return {
    start: async () => {
      readerId = await insertReader(pool);
      const port = await findFreePort();
      workerUrl = `http://127.0.0.1:${port}`;
      const settings = appEnvironment(environment);
      const started = await Promise.all([
        startChild({
          app: 'backend',
          script: new URL('backendProcess.ts', import.meta.url),
          env: { ...context.env.backend, ...settings, ...env.backend },
        }),
        startChild({
          app: 'worker',
          script: new URL('workerProcess.ts', import.meta.url),
          env: { ...context.env.worker, ...settings, PORT: String(port), ...env.worker },
          ...(onWorkerLine ? { onLine: onWorkerLine } : {}),
        }),
      ]);
      children.push(...started);
      await until('the worker is ready', async () => (await fetch(`${workerUrl}/ready`)).ok);
    },
    announce: async (count) => untilSent(await write(count)),
    announceOne: async () => {
      const [id] = await write(1);
      if (id === undefined) throw new Error('nothing was announced');
      return id;
    },
    untilSent,
    maintain: async (reconnect) => {
      const period = new Date(Date.now() - 3_600_000).toISOString();
      await pool.query(
        `INSERT INTO job_runs (name, period, status, due_at) VALUES ('prune', $1, 'due', now() - interval '1 hour')`,
        [period],
      );
      await reconnect();
      await until('the maintenance run is done', async () => {
        const { rowCount } = await pool.query(
          `SELECT 1 FROM job_runs WHERE name = 'prune' AND period = $1 AND status = 'done'`,
          [period],
        );
        return rowCount === 1;
      });
    },
    ownCounts: async () => {
      const scrape = await (await fetch(`${workerUrl}/metrics`)).text();
      const counts = await Promise.all(children.map((child) => child.counts()));
      return Object.assign({ worker: commandCountsOf(scrape, 'worker') }, ...counts);
    },
    stop: async () => {
      await Promise.all(children.splice(0).map((child) => child.stop()));
      await pool.end();
    },
  };
};
