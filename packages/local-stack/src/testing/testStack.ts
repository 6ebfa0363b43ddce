import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { type Guard, startGuard } from '../guard';
import { startPostgres } from '../postgres';
import { keepCluster, restoreCluster } from './clusterCache';

/** What the tests of one run share: a Postgres. Everything else a test file has for itself. */
const testStackSchema = z.object({
  /** Of the maintenance database. */
  postgresUrl: z.string(),
  postgresDirectory: z.string(),
  /** Below it each test file makes directories of its own. */
  directory: z.string(),
});
export type TestStack = z.infer<typeof testStackSchema>;

/** The database that has the backend's schema, once somebody asked for it. */
export const TEMPLATE_DATABASE = 'convene_template';

/** Test processes inherit it from the one that ran the global setup. */
const VARIABLE = 'CONVENE_TEST_STACK';

export type RunningTestStack = TestStack & { guard: Guard; stop: () => Promise<void> };

/** Drops what killed tests left behind; tells whether there is a migrated template to keep. */
const leaveTemplateAlone = async (postgresUrl: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' OR datname LIKE 'draft\\_%' OR datname = $1`,
      [TEMPLATE_DATABASE],
    );
    const names = rows.map(({ datname }) => datname);
    for (const name of names.filter((candidate) => candidate !== TEMPLATE_DATABASE)) {
      await client.query(`DROP DATABASE ${client.escapeIdentifier(name)} WITH (FORCE)`);
    }
    return names.includes(TEMPLATE_DATABASE);
  } finally {
    await client.end();
  }
};

/** Starts the shared part in a temporary directory, on a free port. */
export const startTestStack = async (): Promise<RunningTestStack> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'convene-test-'));
  // Postgres' own user has to get in when we are root.
  await chmod(directory, 0o755);
  const guard = startGuard();
  guard.removeDirectory(directory);
  const postgresDirectory = path.join(directory, 'postgres');
  await restoreCluster(postgresDirectory);
  const postgres = await startPostgres({
    directory: postgresDirectory,
    port: 0,
    isDurable: false,
    guard,
    database: 'postgres',
  });
  return {
    postgresUrl: postgres.url,
    postgresDirectory: postgres.directory,
    directory,
    guard,
    stop: async () => {
      const isWorthKeeping = await leaveTemplateAlone(postgres.url);
      await postgres.stop();
      if (isWorthKeeping) await keepCluster(postgres.directory);
      await rm(directory, { recursive: true, force: true });
      guard.release();
    },
  };
};

/** Makes the stack known to the processes that run the tests. */
export const announceTestStack = (stack: TestStack | undefined): void => {
  if (stack) process.env[VARIABLE] = JSON.stringify(testStackSchema.parse(stack));
  else delete process.env[VARIABLE];
};

let ownStack: Promise<RunningTestStack> | undefined;

/**
 * The stack of this run. A package's tests that are run without the root's config have no global setup: their
 * process starts a stack for itself, which ends with it.
 */
export const findTestStack = async (): Promise<TestStack> => {
  const announced = process.env[VARIABLE];
  if (announced) return testStackSchema.parse(JSON.parse(announced));
  ownStack ??= startTestStack();
  return ownStack;
};

export const randomName = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;
