import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Inspector, inspect } from './inspector';

export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));
const READY_TIMEOUT_MS = 60_000;

export type Server = { origin: string; inspector: Inspector; pid: number; stop: () => Promise<void> };

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port is free');
  return address.port;
};

const runToEnd = async (command: string, args: string[], cwd: string): Promise<void> => {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CI: '1' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8_000);
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${String(code)}):\n${output}`);
};

/** Builds the backend for production. */
export const buildBackend = async (say: (what: string) => void): Promise<void> => {
  say('building the backend');
  await runToEnd('node_modules/.bin/next', ['build'], `${repositoryRoot}apps/backend`);
};

/** Builds the site for production. */
export const buildFrontend = async (say: (what: string) => void): Promise<void> => {
  say('building the site');
  await runToEnd('npx', ['-y', 'pnpm', '--filter', '@convene/frontend', 'build'], repositoryRoot);
};

/** Builds the worker's bundle. */
export const buildWorker = async (say: (what: string) => void): Promise<void> => {
  say('building the worker');
  await runToEnd('npx', ['-y', 'pnpm', '--filter', '@convene/worker', 'build'], repositoryRoot);
};

/** Builds, for production, the bare Next app that the apps are measured against. */
export const buildBareNext = async (say: (what: string) => void): Promise<void> => {
  say('building the bare Next app');
  await runToEnd('node_modules/.bin/next', ['build', 'bare-next'], `${repositoryRoot}bench`);
  const built = `${repositoryRoot}bench/bare-next/.next`;
  await cp(`${built}/static`, `${built}/standalone/bench/bare-next/.next/static`, { recursive: true });
};

/** Builds the backend and what it is measured against. */
export const buildServers = async (say: (what: string) => void): Promise<void> => {
  await buildBareNext(say);
  await buildBackend(say);
};

const answers = async (url: string): Promise<boolean> => {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
};

export const waitUntilReady = async (url: string, child: ChildProcess, complaints: () => string): Promise<void> => {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${url} does not answer:\n${complaints()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

type Start = { args: string[]; cwd: string; env: Record<string, string>; readyPath: string };

const start = async ({ args, cwd, env, readyPath }: Start): Promise<Server> => {
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [`--inspect=127.0.0.1:${inspectorPort}`, ...args], {
    cwd,
    // Not ours: what this process runs with says nothing about the app.
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ...env,
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilReady(`${origin}${readyPath}`, child, () => complaints);
  const inspector = await inspect(inspectorPort);
  return {
    origin,
    inspector,
    pid: child.pid ?? 0,
    stop: async () => {
      inspector.close();
      process.off('exit', kill);
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
};

export const startBareNext = (): Promise<Server> =>
  start({
    args: ['server.js'],
    cwd: `${repositoryRoot}bench/bare-next/.next/standalone/bench/bare-next`,
    env: { NODE_ENV: 'production' },
    readyPath: '/api/bare',
  });

export const startBackend = (env: Record<string, string>): Promise<Server> =>
  start({
    args: ['server.js'],
    cwd: `${repositoryRoot}apps/backend/.next/standalone/apps/backend`,
    env,
    readyPath: '/api/health',
  });

export const startFrontend = (env: Record<string, string>): Promise<Server> =>
  start({
    args: ['server.js'],
    cwd: `${repositoryRoot}apps/frontend/.next/standalone/apps/frontend`,
    env,
    readyPath: '/health',
  });

/** The same code behind a plain Node server. */
export const startCollector = (env: Record<string, string>): Promise<Server> =>
  start({
    args: ['--import', import.meta.resolve('tsx'), 'src/collector/run.ts'],
    cwd: `${repositoryRoot}apps/backend`,
    env,
    readyPath: '/api/health',
  });
