import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirectoryInUse, findFreePort, type LocalStack, PortTakenError, startLocalStack } from '../src/index';
import { defaultDataDirectory } from '../src/paths';
import { startPostgres } from '../src/postgres';
import { isRunning } from '../src/processes';
import { startRedis } from '../src/redis';

let directory: string;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'convene-servers-'));
  await chmod(directory, 0o755);
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  await rm(directory, { recursive: true, force: true });
});

const track = <T extends { stop: () => Promise<void> }>(server: T): T => {
  stops.push(server.stop);
  return server;
};

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const occupy = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

const toolsDirectory = path.join(defaultDataDirectory(), 'tools');

describe('Postgres', () => {
  it('keeps its data, and takes over what a killed process left running', async () => {
    const options = { directory: path.join(directory, 'postgres'), port: 0, isDurable: false };
    const first = track(await startPostgres(options));
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS id');
    // Nobody stopped the first one: it is what a kill -9 of its parent leaves.
    const second = track(await startPostgres({ ...options, port: first.port }));
    expect(await isRunning(first.pid)).toBe(false);
    expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  it('tells the variable that moves it off a taken port, and who is there', async () => {
    const port = await findFreePort();
    const other = await occupy(port);
    try {
      const starting = startPostgres({ directory: path.join(directory, 'postgres'), port });
      await expect(starting).rejects.toThrow(PortTakenError);
      await expect(starting).rejects.toThrow('LOCAL_POSTGRES_PORT=');
      if (process.platform === 'linux') await expect(starting).rejects.toThrow(`process ${process.pid}`);
    } finally {
      other.close();
    }
  });
});

describe('Redis', () => {
  it('keeps its data, and takes over what a killed process left running', async () => {
    const options = { directory: path.join(directory, 'redis'), port: 0, isDurable: true, toolsDirectory };
    const first = track(await startRedis(options));
    const redis = new Redis(first.url, { retryStrategy: () => null });
    await redis.set('kept', 'yes');
    redis.disconnect();
    const second = track(await startRedis({ ...options, port: first.port }));
    expect(second.pid).not.toBe(first.pid);
    const again = new Redis(second.url);
    expect(await again.get('kept')).toBe('yes');
    again.disconnect();
  });
});

describe('startLocalStack', () => {
  const ports = { postgres: 0, redis: 0, upstashRest: 0, mailbox: 0 };
  const start = async (name: string): Promise<LocalStack> =>
    track(await startLocalStack({ dataDirectory: path.join(directory, name), ports, isDurable: false, given: {} }));

  it('runs twice at once, and one directory belongs to one process', async () => {
    const [one, two] = await Promise.all([start('one'), start('two')]);
    expect(one.databaseUrl).not.toBe(two.databaseUrl);
    expect(await query(one.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await query(two.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts nothing that is given', async () => {
    const stack = track(
      await startLocalStack({
        dataDirectory: path.join(directory, 'given'),
        ports,
        given: {
          databaseUrl: 'postgres://elsewhere/db',
          redisUrl: 'redis://elsewhere:1',
          upstash: { url: 'http://elsewhere', token: 't' },
          resend: { apiKey: 're_real' },
        },
      }),
    );
    expect([stack.postgres, stack.redis, stack.upstashRest, stack.mailbox]).toEqual(Array(4).fill(undefined));
    expect(stack.databaseUrl).toBe('postgres://elsewhere/db');
  });
});

describe('a stack whose process is killed', () => {
  const script = `
    import { startLocalStack } from '${path.resolve(import.meta.dirname, '../src/index.ts')}';
    const stack = await startLocalStack({
      dataDirectory: process.argv[1],
      ports: { postgres: 0, redis: 0, upstashRest: 0, mailbox: 0 },
    });
    console.log(JSON.stringify([stack.postgres?.pid, stack.redis?.pid]));
    setInterval(() => undefined, 1000);
  `;

  const startElsewhere = async (dataDirectory: string): Promise<{ pid: number; servers: number[] }> => {
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script, dataDirectory],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const servers = await new Promise<number[]>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString())));
      child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    if (child.pid === undefined) throw new Error('no pid');
    return { pid: child.pid, servers };
  };

  it('refuses a second owner while it lives, leaves no server behind, and starts again at once', async () => {
    const dataDirectory = path.join(directory, 'killed');
    const { pid, servers } = await startElsewhere(dataDirectory);
    expect(await Promise.all(servers.map(isRunning))).toEqual([true, true]);
    await expect(startLocalStack({ dataDirectory })).rejects.toThrow(DataDirectoryInUse);
    process.kill(pid, 'SIGKILL');
    const again = track(
      await startLocalStack({ dataDirectory, ports: { postgres: 0, redis: 0, upstashRest: 0, mailbox: 0 } }),
    );
    expect(await query(again.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect.poll(() => Promise.all(servers.map(isRunning)), { timeout: 8_000 }).toEqual([false, false]);
  });
});
