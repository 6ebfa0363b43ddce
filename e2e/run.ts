import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AppEnvironments,
  type AppName,
  appEnvironments,
  findFreePort,
  type LocalStack,
  reportMailsTo,
  startLocalStack,
  startPackageScript,
} from '@convene/local-stack';

/*
 * Builds the three apps as they are deployed, starts them with services of their own on free ports, and runs the
 * browser tests against them.
 *
 *   pnpm test:e2e [--no-build] [--keep] [arguments of playwright test]
 */

const root = path.resolve(import.meta.dirname, '..');
const flags = ['--no-build', '--keep'];
const playwrightArguments = process.argv.slice(2).filter((argument) => !flags.includes(argument));
const say = (message: string): void => console.log(`e2e: ${message}`);

const run = (command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });

const productionEnvironments = async (stack: LocalStack): Promise<AppEnvironments> => {
  const secret = (name: string) => `e2e-${name}-secret-that-is-long-enough-for-anybody`;
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
    mediaDirectory: path.join(stack.dataDirectory, 'media'),
  });
  const production = { NODE_ENV: 'production', LOG_LEVEL: 'warn', NEXT_TELEMETRY_DISABLED: '1', HOSTNAME: 'localhost' };
  // Each test says from which address it comes (test.ts).
  const behindProxy = { TRUSTED_PROXY_HOPS: '1' };
  return {
    // A tester does not wait 15 seconds for a view to be counted.
    backend: {
      ...environments.backend,
      ...production,
      ...behindProxy,
      FEED_COMMIT_WINDOW_MS: '50',
      CONVENE_DATA_DIR: stack.dataDirectory,
    },
    worker: { ...environments.worker, ...production, RESEND_REQUESTS_PER_SECOND: '20' },
    frontend: { ...environments.frontend, ...production, ...behindProxy, BEACON_FORWARD_WINDOW_MS: '50' },
  };
};

const runScript = async (app: AppName, script: string, env: Record<string, string>): Promise<void> => {
  const child = await startPackageScript({ app, script, env });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${app}: ${script} ended with ${code}`);
};

type Running = { stop: () => Promise<void> };

const startApp = async (app: AppName, env: Record<string, string>): Promise<Running> => {
  const child = await startPackageScript({ app, script: 'start', env });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => process.stdout.write(`[${app}] ${chunk.toString()}`));
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    stop: async () => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
};

const START_DEADLINE_MS = 60_000;

const waitFor = async (url: string): Promise<void> => {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const isUp = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer within ${START_DEADLINE_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const main = async (): Promise<number> => {
  if (
    !process.argv.includes('--no-build') &&
    (await run('turbo', ['run', 'build', '--output-logs=errors-only'])) !== 0
  ) {
    return 1;
  }
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'convene-e2e-'));
  // Postgres' own user has to get in when we are root.
  await chmod(dataDirectory, 0o755);
  const stack = await startLocalStack({
    dataDirectory,
    ports: { postgres: 0, redis: 0, upstashRest: 0, mailbox: 0 },
    onProgress: say,
  });
  const apps: Running[] = [];
  try {
    const env = await productionEnvironments(stack);
    reportMailsTo(stack.mailbox, env.backend);
    await runScript('backend', 'prepare-database', { ...env.backend, NODE_ENV: 'development' });
    for (const app of ['backend', 'worker', 'frontend'] as const) apps.push(await startApp(app, env[app]));
    await waitFor(`${env.backend['BACKEND_URL']}/api/ready`);
    await waitFor(`${env.frontend['FRONTEND_URL']}/health`);
    await waitFor(`http://localhost:${env.worker['PORT']}/health`);
    say(`site ${env.frontend['FRONTEND_URL']}, backend ${env.backend['BACKEND_URL']}, mailbox ${stack.mailbox?.url}`);
    const testEnv = {
      ...process.env,
      E2E_FRONTEND_URL: env.frontend['FRONTEND_URL'],
      E2E_BACKEND_URL: env.backend['BACKEND_URL'],
      E2E_BACKEND_ENV: JSON.stringify(env.backend),
      E2E_FRONTEND_ENV: JSON.stringify(env.frontend),
      E2E_MAILBOX_URL: stack.mailbox?.url,
      E2E_REDIS_URL: stack.redisUrl,
      E2E_DATABASE_URL: stack.databaseUrl,
      E2E_SERVICE_TOKEN: env.backend['SERVICE_TOKEN'],
    };
    if (process.argv.includes('--keep')) {
      say('left running until Ctrl-C');
      await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
      return 0;
    }
    return await run('playwright', ['test', '--config', 'e2e/playwright.config.ts', ...playwrightArguments], testEnv);
  } finally {
    await Promise.allSettled(apps.map((app) => app.stop()));
    await stack.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};

process.exit(await main());
