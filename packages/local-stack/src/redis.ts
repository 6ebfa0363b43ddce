import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import type { Guard } from './guard';
import { assertPortFree, findFreePort } from './ports';
import { commandLineOf, isAlive, type ServerProcess, spawnServer, stopProcess, tailOf, waitUntil } from './processes';
import { findRedisBinary, type RedisBinary } from './redisBinary';

const READY_TIMEOUT_MS = 20_000;
const FREE_PORT_TRIES = 5;

export type RedisOptions = {
  /** Kept between starts; made when it is not there. */
  directory: string;
  /** 0 for any free port. */
  port: number;
  portVariable?: string;
  /** True writes every change to disk once a second, so that queues and counters survive a restart. */
  isDurable?: boolean;
  /** `always`: before each answer, so that what was acknowledged survives kill -9 and a power cut too. */
  appendfsync?: 'everysec' | 'always';
  /** Where a fetched server is kept, for all stacks of this machine. */
  toolsDirectory: string;
  /** A binary that was found before. */
  binary?: RedisBinary;
  logFile?: string;
  guard?: Guard;
  onProgress?: (text: string) => void;
};

export type RunningRedis = { port: number; url: string; pid: number; binary: RedisBinary; stop: () => Promise<void> };

/** Ends the server that a killed process left on this directory; it writes its data out before. */
const stopLeftover = async (pidFile: string): Promise<void> => {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  // After a reboot the number may be anybody's.
  const commandLine = await commandLineOf(pid);
  if (!commandLine || !/(redis|valkey)-server/.test(commandLine)) return;
  await stopProcess({ pid, signal: 'SIGTERM' });
};

const isReady = async (port: number): Promise<boolean> => {
  const redis = new Redis({
    host: '127.0.0.1',
    port,
    protocol: 2,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    // Refused by LOADING while the file of changes is read.
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
};

const launch = async (options: RedisOptions, binary: RedisBinary, port: number): Promise<ServerProcess> => {
  const directory = path.resolve(options.directory);
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: directory,
    pidfile: path.join(directory, 'redis.pid'),
    appendonly: options.isDurable ? 'yes' : 'no',
    appendfsync: options.appendfsync ?? 'everysec',
    save: '',
    daemonize: 'no',
    // BullMQ asks for it: a queue must never lose keys to memory pressure.
    'maxmemory-policy': 'noeviction',
  };
  return spawnServer({
    command: binary.command,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    logFile: options.logFile ?? path.join(path.dirname(directory), 'logs/redis.log'),
    env: binary.env,
    cwd: directory,
  });
};

const launchAndWait = async (
  options: RedisOptions,
  binary: RedisBinary,
  port: number,
): Promise<ServerProcess | undefined> => {
  const server = await launch(options, binary, port);
  options.guard?.watch({ pid: server.pid, signal: 'SIGTERM' });
  const isUp = await waitUntil(async () => server.hasEnded() || (await isReady(port)), READY_TIMEOUT_MS);
  if (isUp && !server.hasEnded()) return server;
  if (!server.hasEnded()) await stopProcess({ pid: server.pid, signal: 'SIGTERM' });
  options.guard?.forget({ pid: server.pid });
  // A port that was free when we asked may be taken by now; the caller tries another.
  if (options.port === 0 && (await tailOf(server.logFile)).includes('Address already in use')) return undefined;
  throw new Error(`Redis did not start. The end of ${server.logFile}:\n${await tailOf(server.logFile)}`);
};

/**
 * Starts a Redis (or Valkey) server on 127.0.0.1 over `directory`. A server that a killed process left there is
 * stopped first.
 *
 * @throws NoRedisError, PortTakenError
 */
export const startRedis = async (options: RedisOptions): Promise<RunningRedis> => {
  const binary =
    options.binary ??
    (await findRedisBinary({
      toolsDirectory: options.toolsDirectory,
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    }));
  await mkdir(options.directory, { recursive: true });
  await stopLeftover(path.join(path.resolve(options.directory), 'redis.pid'));
  await assertPortFree({ port: options.port, variable: options.portVariable ?? 'LOCAL_REDIS_PORT', what: 'Redis' });
  for (let attempt = 0; attempt < FREE_PORT_TRIES; attempt += 1) {
    const port = options.port === 0 ? await findFreePort() : options.port;
    const server = await launchAndWait(options, binary, port);
    if (!server) continue;
    const stop = async () => {
      if (!server.hasEnded()) await stopProcess({ pid: server.pid, signal: 'SIGTERM' });
      options.guard?.forget({ pid: server.pid });
    };
    return { port, url: `redis://127.0.0.1:${port}`, pid: server.pid, binary, stop };
  }
  throw new Error(`Redis found no free port in ${FREE_PORT_TRIES} tries.`);
};
