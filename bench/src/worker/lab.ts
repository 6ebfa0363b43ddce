import { setTimeout as pause } from 'node:timers/promises';
import { type CommandMonitor, startCommandMonitor, type TallyRow } from '@convene/local-stack/command-monitor';
import { createFaultProxy, createTestContext, type FaultProxy, type TestContext } from '@convene/local-stack/testing';
import { type ConveneLab, createConvene } from '../commands/convene/notifications';
import { exponential, seededRandom } from '../commands/random';
import { ofSources, totalOf, without } from '../commands/tally';
import { openBenchQueue } from './jobs';
import type { WorkerBenchPlan } from './options';

export type Backend = 'redis' | 'postgres';

/** Commands that clients sent, for so many events. */
export type Cost = { client: number; insideScripts: number; events: number };

export type Losses = {
  commandsPerCut: number;
  /** From the commit of a notification after a cut to its mail. */
  afterCutMs: number[];
  commandsPerSwallow: number;
  afterSwallowMs: number[];
  /** Lines of the worker's log by what they are worth: of somebody's attention, or none. */
  errors: string[];
  warnings: string[];
};

export type LabFigures = {
  backend: Backend;
  startMs: number[];
  lateMs: number[];
  sparse: Cost;
  poisson: Cost;
  burst: Cost;
  /** The same at the provider's limit of two a second. */
  slowBurst: Cost;
  idle: Cost & { seconds: number; byCommand: TallyRow[] };
  /** From a notification's commit to its arrival at the provider. */
  latencyMs: number[];
  jobsPerSecond: number;
  losses: Losses;
};

/** The mean of the gaps between notifications: closer together than on a day, where they would not meet either. */
export const POISSON_MEAN_MS = 1_000;
const SEED = 20_260_115;
const QUIET_MS = 700;
const QUIET_PATIENCE_MS = 20_000;
const BETWEEN_MS = 400;
const LIFTED = '1000';

/** Counters go over the REST endpoint, which is no part of the queues. */
const isOfQueues = (source: string): boolean => source.startsWith('bull:') || source.startsWith('convene-');

type Bench = { backend: Backend; context: TestContext; monitor: CommandMonitor; plan: WorkerBenchPlan };

const sentSoFar = async ({ monitor }: Bench): Promise<TallyRow[]> => ofSources(await monitor.tally(), isOfQueues);

const untilQuiet = async (bench: Bench): Promise<void> => {
  const deadline = Date.now() + QUIET_PATIENCE_MS;
  let before = await sentSoFar(bench);
  while (Date.now() < deadline) {
    await pause(QUIET_MS);
    const after = await sentSoFar(bench);
    if (without(after, before).length === 0) return;
    before = after;
  }
};

const costOf = async (bench: Bench, events: number, work: () => Promise<void>): Promise<Cost> => {
  const before = await sentSoFar(bench);
  await work();
  await untilQuiet(bench);
  return { ...totalOf(without(await sentSoFar(bench), before)), events };
};

const withApps = async <T>(
  bench: Bench,
  {
    env,
    onWorkerLine,
  }: {
    env: { backend?: Record<string, string>; worker?: Record<string, string> };
    onWorkerLine?: (line: string) => void;
  },
  work: (app: ConveneLab) => Promise<T>,
): Promise<T> => {
  const queues = { QUEUE_BACKEND: bench.backend };
  const app = createConvene({
    environment: 'production',
    context: bench.context,
    env: { backend: { ...queues, ...env.backend }, worker: { ...queues, ...env.worker } },
    ...(onWorkerLine ? { onWorkerLine } : {}),
  });
  try {
    await app.start();
    // Scripts are sent as text once; and what is measured begins with idle workers.
    await app.announce(2);
    await untilQuiet(bench);
    return await work(app);
  } finally {
    await app.stop();
  }
};

/** From the commit of a notification to its arrival at the mailbox. */
const latencyOf = async ({ context }: Bench, app: ConveneLab): Promise<number> => {
  const id = await app.announceOne();
  const committedAt = Date.now();
  await app.untilSent([id]);
  const mail = context.mailbox.mails().find(({ idempotencyKey }) => idempotencyKey?.startsWith(id));
  if (!mail) throw new Error('a mail that was sent is not in the mailbox');
  return Math.max(0, Date.parse(mail.createdAt) - committedAt);
};

const repeat = async (times: number, work: () => Promise<number>): Promise<number[]> => {
  const values: number[] = [];
  for (let at = 0; at < times; at += 1) values.push(await work());
  return values.sort((a, b) => a - b);
};

/** With a provider that takes whatever comes. */
const measureLifted = (bench: Bench) =>
  withApps(bench, { env: { worker: { RESEND_REQUESTS_PER_SECOND: LIFTED } } }, async (app) => {
    const { plan, context } = bench;
    const queue = openBenchQueue(bench);
    const addedAfter = (delayMs: number) => async () => {
      const startedMs = await queue.startedAfterMs({ delayMs });
      await pause(BETWEEN_MS);
      return startedMs;
    };
    const startMs = await repeat(plan.starts, addedAfter(0));
    const lateMs = await repeat(plan.delayed, addedAfter(2_000));
    await queue.close();
    await untilQuiet(bench);
    const sparse = await costOf(bench, plan.sparse, async () => {
      for (let at = 0; at < plan.sparse; at += 1) {
        await app.announce(1);
        await pause(BETWEEN_MS);
      }
    });
    const random = seededRandom(SEED);
    const poisson = await costOf(bench, plan.poisson, async () => {
      const ids: string[] = [];
      for (let at = 0; at < plan.poisson; at += 1) {
        await pause(exponential(random, POISSON_MEAN_MS));
        ids.push(await app.announceOne());
      }
      await app.untilSent(ids);
    });
    const burst = await costOf(bench, plan.burst, () => app.announce(plan.burst));
    const latencyMs = await repeat(plan.latencies, () => latencyOf(bench, app));
    await context.mailbox.reset();
    const begun = performance.now();
    await app.announce(plan.throughput);
    const jobsPerSecond = (plan.throughput * 1_000) / (performance.now() - begun);
    return { startMs, lateMs, sparse, poisson, burst, latencyMs, jobsPerSecond };
  });

/** At production's own settings. */
const measureProduction = (bench: Bench, whenIdle: () => Promise<void>) =>
  withApps(bench, { env: {} }, async (app) => {
    const { plan } = bench;
    const slowBurst = await costOf(bench, plan.burst, () => app.announce(plan.burst));
    await whenIdle();
    const before = await sentSoFar(bench);
    await pause(plan.idleSeconds * 1_000);
    const byCommand = without(await sentSoFar(bench), before);
    return { slowBurst, idle: { ...totalOf(byCommand), events: 1, seconds: plan.idleSeconds, byCommand } };
  });

const throughProxy = async <T>(url: string, work: (proxy: FaultProxy, url: string) => Promise<T>): Promise<T> => {
  const target = new URL(url);
  const proxy = await createFaultProxy({ targetPort: Number(target.port) });
  target.port = String(proxy.port);
  try {
    return await work(proxy, target.href);
  } finally {
    await proxy.stop();
  }
};

const measureLosses = async (bench: Bench): Promise<Losses> => {
  const { backend, context, plan } = bench;
  const lines: string[] = [];
  const isOfLevel = (least: number) => (line: string) => {
    const level = Number(/"level":(\d+)/.exec(line)?.[1] ?? 0);
    return level >= least && level < least + 10;
  };
  const serverUrl = backend === 'redis' ? context.redisUrl : context.databaseUrl;
  return throughProxy(serverUrl, (proxy, url) => {
    const where = { [backend === 'redis' ? 'UPSTASH_REDIS_URL' : 'DATABASE_URL']: url };
    const env = {
      // A backend whose own Postgres is lost could not even announce anything.
      ...(backend === 'redis' ? { backend: where } : {}),
      worker: { ...where, RESEND_REQUESTS_PER_SECOND: LIFTED, LOG_LEVEL: 'warn' },
    };
    return withApps(bench, { env, onWorkerLine: (line) => lines.push(line) }, async (app) => {
      const afterCutMs: number[] = [];
      let cutCommands = 0;
      for (let at = 0; at < plan.cuts; at += 1) {
        cutCommands += (await costOf(bench, 1, async () => proxy.cut())).client;
        afterCutMs.push(await latencyOf(bench, app));
        await untilQuiet(bench);
      }
      const afterSwallowMs: number[] = [];
      let swallowCommands = 0;
      for (let at = 0; at < plan.swallows; at += 1) {
        proxy.forget();
        const cost = await costOf(bench, 1, async () => {
          afterSwallowMs.push(await latencyOf(bench, app));
        });
        swallowCommands += cost.client;
        // What waits at the server for a connection that is gone takes one job's notice more: that one is looked at too.
        afterSwallowMs.push(await latencyOf(bench, app));
        await untilQuiet(bench);
      }
      return {
        commandsPerCut: cutCommands / plan.cuts,
        afterCutMs: afterCutMs.sort((a, b) => a - b),
        commandsPerSwallow: swallowCommands / plan.swallows,
        afterSwallowMs: afterSwallowMs.sort((a, b) => a - b),
        errors: lines.filter(isOfLevel(50)),
        warnings: lines.filter(isOfLevel(40)),
      };
    });
  });
};

/**
 * Measures the worker with its queues there, beside a backend that relays as well, both at production settings and on
 * servers of their own. `whenIdle` is waited for before the idle time begins, so that nothing else is measured then.
 */
export const runWorkerLab = async ({
  backend,
  plan,
  say,
  inTurn,
  whenIdle,
}: {
  backend: Backend;
  plan: WorkerBenchPlan;
  say: (what: string) => void;
  /** One lab at a time: what is timed must not meet what another does. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  whenIdle: () => Promise<void>;
}): Promise<LabFigures> => {
  const context = await createTestContext();
  const monitor = await startCommandMonitor({ redisUrl: context.redisUrl });
  const bench: Bench = { backend, context, monitor, plan };
  try {
    const lifted = await inTurn(() => measureLifted(bench));
    say('measured with the limit lifted');
    const losses = await inTurn(() => measureLosses(bench));
    say('connections lost');
    const production = await measureProduction(bench, async () => {
      say(`idle for ${plan.idleSeconds} s`);
      await whenIdle();
    });
    return { backend, ...lifted, ...production, losses };
  } finally {
    await monitor.stop();
    await context.dispose();
  }
};
