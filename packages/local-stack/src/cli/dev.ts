import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';
import { appEnvironments } from '../appEnvironment';
import { announcement } from '../dev/announce';
import { type RunningApp, startApp, waitUntilReady } from '../dev/apps';
import { appPorts, givenServices, readAppPorts, readDevSecrets, readServicePorts } from '../dev/settings';
import { type LocalStack, startLocalStack } from '../index';
import type { AppName } from '../packageScript';
import { defaultDataDirectory, repositoryRoot } from '../paths';
import { assertPortFree } from '../ports';

/*
 * `pnpm dev`: services, database, demo data and the three apps, on a machine that has none of them.
 */

const envFile = path.join(repositoryRoot, '.env');
// What is set already stays: the environment comes before the file.
if (existsSync(envFile)) loadEnvFile(envFile);

const startedAt = performance.now();
const step = (text: string): void => console.log(`▸ ${text}`);

const running: { stack?: LocalStack; apps: RunningApp[]; isStopping: boolean } = { apps: [], isStopping: false };

const stopAll = async (exitCode: number): Promise<never> => {
  if (!running.isStopping) {
    running.isStopping = true;
    step('Stopping');
    await Promise.allSettled(running.apps.map((app) => app.stop()));
    await running.stack?.stop();
  }
  process.exit(exitCode);
};

const onSignal = (): void => {
  if (running.isStopping) {
    for (const app of running.apps) app.kill();
    process.exit(1);
  }
  void stopAll(0);
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

const checkPorts = async (ports: Record<AppName, number>): Promise<void> => {
  for (const app of ['frontend', 'backend', 'worker'] as const) {
    await assertPortFree({ port: ports[app], variable: appPorts[app].variable, what: `the ${app}` });
  }
};

const prepareDatabase = async (stack: LocalStack, env: Record<string, string>): Promise<void> => {
  step('Preparing the database');
  const job = await startApp({ app: 'backend', script: 'prepare-database', env, guard: stack.guard });
  running.apps.push(job);
  const code = await job.ended;
  running.apps = running.apps.filter((app) => app !== job);
  if (code !== 0) {
    throw new Error(
      `The database could not be prepared (exit code ${code}). The lines above say why. ` +
        `To begin with an empty one, delete ${stack.dataDirectory}.`,
    );
  }
};

const startApps = async (stack: LocalStack, env: Record<AppName, Record<string, string>>): Promise<void> => {
  step('Starting backend, worker and frontend');
  for (const app of ['backend', 'worker', 'frontend'] as const) {
    const started = await startApp({ app, script: 'dev', env: env[app], guard: stack.guard });
    running.apps.push(started);
    void started.ended.then((code) => {
      if (running.isStopping) return;
      console.error(`\n✗ The ${app} has ended (exit code ${code}). Its last lines above say why; then start again.`);
      void stopAll(1);
    });
  }
};

const main = async (): Promise<void> => {
  const ports = readAppPorts(process.env);
  await checkPorts(ports);
  const dataDirectory = defaultDataDirectory();
  const stack = await startLocalStack({
    dataDirectory,
    ports: readServicePorts(process.env),
    given: givenServices(process.env),
    onProgress: step,
  });
  running.stack = stack;
  const shared = { CONVENE_DATA_DIR: stack.dataDirectory, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '1' };
  const environments = appEnvironments({
    services: { ...stack, redis: { url: stack.redisUrl } },
    secrets: await readDevSecrets(stack.dataDirectory),
    ports,
    nodeEnv: 'development',
    mediaDirectory: path.join(stack.dataDirectory, 'media'),
  });
  const env = {
    backend: { ...environments.backend, ...shared },
    worker: { ...environments.worker, ...shared },
    frontend: { ...environments.frontend, ...shared },
  };
  await prepareDatabase(stack, env.backend);
  await startApps(stack, env);

  const site = `http://localhost:${ports.frontend}`;
  const backend = `http://localhost:${ports.backend}`;
  const worker = `http://localhost:${ports.worker}`;
  const isOver = () => running.isStopping;
  // The first visit of a page compiles it: do that now, so that nobody waits for it.
  const isReady = await Promise.all(
    [`${backend}/api/health`, `${worker}/health`, `${backend}/admin/login`].map((url) => waitUntilReady(url, isOver)),
  );
  const isSiteReady = await waitUntilReady(site, isOver);
  if (!isReady.every(Boolean) || !isSiteReady) return;
  process.stdout.write(
    await announcement({
      urls: [
        ['Site', site],
        ['Admin', `${backend}/admin`],
        ['Mailbox', stack.mailbox?.url ?? 'mails leave by Resend'],
        ['Worker', `${worker}/ready`],
      ],
      dataDirectory: stack.dataDirectory,
      seconds: (performance.now() - startedAt) / 1_000,
    }),
  );
};

main().catch((error: unknown) => {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  void stopAll(1);
});
