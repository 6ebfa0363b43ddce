import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { reportMailsTo } from '../appEnvironment';
import { type AppProcess, startApp } from '../dev/appProcess';
import { devEnvironments } from '../dev/environment';
import { waitUntilAnswers, warm } from '../dev/readiness';
import { ensureDevSecrets } from '../dev/secrets';
import { appPortVariables, type DevSettings, parseDevSettings, readSource } from '../dev/settings';
import { onShutdown } from '../dev/shutdown';
import { type LocalStack, startLocalStack } from '../index';
import { wasKilled } from '../ownership';
import type { AppName } from '../packageScript';
import { assertPortFree, isPortFree } from '../ports';
import { waitUntil } from '../processes';
import { complain, logLine, printTable, say } from './terminal';

/*
 * Everything on one machine: services, migrations, demo data, the three apps.
 *
 *   pnpm dev
 */

/** A first start compiles the admin on whatever machine this is. */
const READY_TIMEOUT_MS = 180_000;
/** As many as a modest plan of Resend's allows, so that a loop that mails too fast shows itself. */
const MAILBOX_REQUESTS_PER_SECOND = 10;

const FEED_TIMEOUT_MS = 60_000;
const INTERRUPTED_GRACE_MS = 10_000;
/** As long as a guard waits for what it ends. */
const GUARD_GRACE_MS = 15_000;

const healthPaths: Record<AppName, string> = { backend: '/api/health', worker: '/health', frontend: '/health' };
const appNames = ['backend', 'worker', 'frontend'] as const;

type Running = { stack: LocalStack | undefined; apps: Set<AppProcess> };

/** A child that ended when nobody had asked it to. */
class ChildEnded extends Error {
  override readonly name = 'ChildEnded';
}

const urlOf = (settings: DevSettings, app: AppName): string => `http://localhost:${settings.appPorts[app]}`;

const assertAppPortsFree = async (settings: DevSettings): Promise<void> => {
  if (await wasKilled(settings.dataDirectory)) {
    const areFree = async () => (await Promise.all(Object.values(settings.appPorts).map(isPortFree))).every(Boolean);
    await waitUntil(areFree, GUARD_GRACE_MS, 200);
  }
  for (const app of appNames) {
    await assertPortFree({ port: settings.appPorts[app], variable: appPortVariables[app], what: `the ${app}` });
  }
};

const prepareDatabase = async (running: Running, stack: LocalStack, env: Record<string, string>): Promise<void> => {
  say('Preparing the database');
  const child = await startApp({
    app: 'backend',
    script: 'prepare-database',
    env,
    guard: stack.guard,
    onLine: (line) => console.log(line),
  });
  running.apps.add(child);
  const { code, text } = await child.ended;
  running.apps.delete(child);
  if (code === 0) return;
  throw new ChildEnded(
    `The database could not be prepared (${text}); the reason is above. ` +
      `If this database holds nothing that you need, delete ${stack.dataDirectory} and run this again.`,
  );
};

const startApps = async (
  running: Running,
  stack: LocalStack,
  { settings, signal }: { settings: DevSettings; signal: AbortSignal },
): Promise<{ failed: Promise<never> }> => {
  const secrets = await ensureDevSecrets(stack.dataDirectory);
  const env = devEnvironments(stack, { settings, secrets });
  reportMailsTo(stack.mailbox, env.backend);
  await prepareDatabase(running, stack, env.backend);

  say('Starting backend, worker and frontend; the first time they compile for a while');
  const failures: Promise<never>[] = [];
  for (const app of appNames) {
    signal.throwIfAborted();
    const child = await startApp({
      app,
      script: 'dev',
      env: env[app],
      guard: stack.guard,
      onLine: (line) => logLine(app, line),
    });
    running.apps.add(child);
    failures.push(
      child.ended.then(({ text }) => {
        running.apps.delete(child);
        throw new ChildEnded(
          `The ${app} ended by itself (${text}); its lines above tell why. Mend that, then run this again.`,
        );
      }),
    );
  }
  const failed = Promise.race(failures);
  await Promise.race([
    failed,
    Promise.all(
      appNames.map((app) =>
        waitUntilAnswers({ url: urlOf(settings, app) + healthPaths[app], timeoutMs: READY_TIMEOUT_MS, signal }),
      ),
    ),
  ]);
  return { failed };
};

const loginsSchema = z.array(z.object({ role: z.string(), email: z.string(), password: z.string() }));

const readLogins = async (dataDirectory: string): Promise<z.infer<typeof loginsSchema>> => {
  // A database of the developer's own has none.
  const text = await readFile(path.join(dataDirectory, 'demo-logins.json'), 'utf8').catch(() => '[]');
  return loginsSchema.parse(JSON.parse(text));
};

const printOverview = async (stack: LocalStack, settings: DevSettings): Promise<void> => {
  printTable(`Convene is ready (${process.uptime().toFixed(0)} s)`, [
    ['Site', urlOf(settings, 'frontend')],
    ['Admin', `${urlOf(settings, 'backend')}/admin`],
    ['Mailbox', stack.mailbox ? `http://localhost:${stack.mailbox.port}` : (stack.resend.baseUrl ?? 'Resend itself')],
    ['Worker', `${urlOf(settings, 'worker')}/health`],
    ['Postgres', stack.databaseUrl],
    ['Redis', stack.redisUrl],
    ['Upstash REST', stack.upstash.url],
    ['Data', stack.dataDirectory],
  ]);
  const logins = await readLogins(stack.dataDirectory);
  if (logins.length > 0) {
    printTable(
      'Logins of the demo',
      logins.map(({ role, email, password }) => [role, email, password]),
    );
  }
  console.log('\n  Ctrl-C stops everything and keeps the data.\n');
};

const feedSchema = z.object({ items: z.array(z.object({ slug: z.string() })) });

/**
 * Has what is opened first compiled: the feed before the pages, which would otherwise say that the backend is away. What
 * fails will be seen by whoever opens it.
 */
const warmFirstPages = async (settings: DevSettings, signal: AbortSignal): Promise<void> => {
  const site = urlOf(settings, 'frontend');
  const feed: unknown = await fetch(`${urlOf(settings, 'backend')}/api/feed?kind=locations&pageSize=1`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(FEED_TIMEOUT_MS)]),
  })
    .then((answer) => answer.json())
    .catch(() => null);
  const listing = feedSchema.safeParse(feed).data?.items[0];
  const paths = ['/', '/locations', ...(listing ? [`/locations/${listing.slug}`] : []), '/sign-in'];
  await warm(
    paths.map((each) => site + each),
    signal,
  );
};

const stopAll = async (running: Running, run: Promise<void>): Promise<void> => {
  const stopApps = () => Promise.all([...running.apps].map((app) => app.stop()));
  await stopApps();
  // A start that was interrupted comes to its next check, and may have brought something up by then.
  const interrupted = run.catch(() => undefined);
  await Promise.race([interrupted, delay(INTERRUPTED_GRACE_MS, undefined, { ref: false })]);
  await stopApps();
  await running.stack?.stop();
};

const run = async (running: Running, signal: AbortSignal): Promise<void> => {
  const settings = parseDevSettings(await readSource());
  await assertAppPortsFree(settings);
  const secrets = await ensureDevSecrets(settings.dataDirectory);
  const stack = await startLocalStack({
    dataDirectory: settings.dataDirectory,
    ports: settings.stackPorts,
    given: settings.given,
    upstashToken: secrets.upstash,
    mailboxRequestsPerSecond: MAILBOX_REQUESTS_PER_SECOND,
    onProgress: say,
  });
  running.stack = stack;
  signal.throwIfAborted();
  const { failed } = await startApps(running, stack, { settings, signal });
  say('Compiling the first pages');
  await Promise.race([failed, warmFirstPages(settings, signal)]);
  signal.throwIfAborted();
  await printOverview(stack, settings);
  void warm([`${urlOf(settings, 'backend')}/admin`], signal);
  await failed;
};

const main = async (): Promise<void> => {
  const running: Running = { stack: undefined, apps: new Set() };
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  onShutdown({
    onStop: (reason) => {
      say(`Stopping (${reason}); the data stays. Once more kills.`);
      stopping.abort();
    },
    onKill: () => {
      for (const app of running.apps) app.kill();
      // The guard ends the servers: it sees that we left without a farewell.
      process.exit(130);
    },
  });
  const work = run(running, stopping.signal);
  try {
    await Promise.race([work, stopped]);
  } catch (error) {
    if (!stopping.signal.aborted) {
      complain(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
  }
  await stopAll(running, work);
  process.exit();
};

await main();
