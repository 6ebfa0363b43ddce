import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AppName,
  appEnvironments,
  findFreePort,
  type LocalStack,
  startLocalStack,
  startPackageScript,
} from '@convene/local-stack';
import { waitUntilReady } from '../lib/servers';

export type Site = { origin: string; backendOrigin: string; stack: LocalStack; stop: () => Promise<void> };

const secret = (name: string) => `bench-${name}-secret-that-is-long-enough-for-anybody`;

const runScript = async (app: AppName, script: string, env: Record<string, string>): Promise<void> => {
  const child = await startPackageScript({ app, script, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8_000);
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${app}: ${script} ended with ${String(code)}:\n${output}`);
};

const startApp = async (app: AppName, env: Record<string, string>, readyUrl: string) => {
  const child = await startPackageScript({ app, script: 'start', env });
  let complaints = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-4_000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  try {
    await waitUntilReady(readyUrl, child, () => complaints);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
};

/** The site and its backend as they are deployed, with the demo data, on services and ports of their own. */
export const startSite = async (say: (what: string) => void): Promise<Site> => {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'convene-bench-pages-'));
  // Postgres' own user has to get in when we are root.
  await chmod(dataDirectory, 0o755);
  const stack = await startLocalStack({
    dataDirectory,
    ports: { postgres: 0, redis: 0, upstashRest: 0, mailbox: 0 },
    onProgress: say,
  });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.allSettled(stops.map((stopApp) => stopApp()));
    await stack.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    const environments = appEnvironments({
      services: { ...stack, redis: { url: stack.redisUrl } },
      secrets: {
        payload: secret('payload'),
        service: secret('service'),
        jobs: secret('jobs'),
        session: secret('session'),
        unsubscribe: secret('unsubscribe'),
        webhook: secret('webhook'),
        previews: secret('previews'),
      },
      ports: { backend: await findFreePort(), worker: await findFreePort(), frontend: await findFreePort() },
      nodeEnv: 'test',
      mediaDirectory: path.join(dataDirectory, 'media'),
    });
    const production = { NODE_ENV: 'production', LOG_LEVEL: 'warn', HOSTNAME: 'localhost' };
    say('seeding');
    await runScript('backend', 'prepare-database', { ...environments.backend, NODE_ENV: 'development' });
    const backendOrigin = `http://localhost:${environments.backend['PORT']}`;
    const origin = `http://localhost:${environments.frontend['PORT']}`;
    say('starting the apps');
    stops.push(await startApp('backend', { ...environments.backend, ...production }, `${backendOrigin}/api/ready`));
    stops.push(await startApp('frontend', { ...environments.frontend, ...production }, `${origin}/health`));
    return { origin, backendOrigin, stack, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
