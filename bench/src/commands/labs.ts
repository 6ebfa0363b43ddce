import { startCommandMonitor, type TallyRow } from '@convene/local-stack/command-monitor';
import { createTestContext } from '@convene/local-stack/testing';
import { Redis } from '@upstash/redis';
import { createBaseline } from './baseline/notifications';
import { createConvene } from './convene/notifications';
import type { Environment } from './days';
import { type LabFigures, type LabPlan, runLab } from './lab';
import { type Difference, differencesOf, ofSources } from './tally';

export type Design = 'baseline' | 'convene';
/** Where the queues of Convene are; those of the document's design are in Redis. */
export type Queues = 'redis' | 'postgres';
export type LabResult = {
  design: Design;
  queues: Queues;
  environment: Environment;
  figures: LabFigures;
  differences: Difference[];
  compared: number;
};

/** What a connection sends before it has told who it is, and what the local REST endpoint sends for itself. */
const handshake = new Set(['hello', 'info', 'client', 'select', 'ping', 'auth']);

/** Which of Convene's counters counts what comes from a source. */
const counterOf = (source: string): string | undefined => {
  if (source === 'backend') return 'backend';
  if (source === 'convene-backend-queue') return 'backend-queue';
  if (source === 'convene-worker' || source.startsWith('bull:')) return 'worker';
  return undefined;
};

/** Every command must be somebody's: one of the apps counts it, or it is the handshake of a nameless connection. */
const unknownSenders = (rows: TallyRow[]): Difference[] =>
  rows
    .filter(({ source, command, client }) => !counterOf(source) && client > 0 && !handshake.has(command))
    .map(({ source, command, client }) => ({
      app: `unknown (${source})`,
      command,
      ownCount: 0,
      serverCount: client,
    }));

const comparedWith = (ownCounts: Record<string, Record<string, number>>, seen: TallyRow[], environment: Environment) =>
  Object.entries(ownCounts).flatMap(([app, counts]) =>
    differencesOf(
      `${app}, ${environment}`,
      counts,
      ofSources(seen, (source) => counterOf(source) === app),
    ),
  );

/** The founding document's design in one environment, on a Redis of its own. */
export const runBaselineLab = async (
  environment: Environment,
  plan: LabPlan,
  say: (what: string) => void,
): Promise<LabResult> => {
  const context = await createTestContext({ template: 'empty' });
  const monitor = await startCommandMonitor({ redisUrl: context.redisUrl });
  const app = createBaseline({ environment, redisUrl: context.redisUrl });
  try {
    const figures = await runLab({ app, monitor, plan, say });
    return { design: 'baseline', queues: 'redis', environment, figures, differences: [], compared: 0 };
  } finally {
    await app.stop();
    await monitor.stop();
    await context.dispose();
  }
};

/** Convene's own processes in one environment, on servers of their own; their counts are compared at the end. */
export const runConveneLab = async (
  environment: Environment,
  plan: LabPlan,
  say: (what: string) => void,
  queues: Queues = 'redis',
): Promise<LabResult> => {
  const context = await createTestContext();
  const monitor = await startCommandMonitor({ redisUrl: context.redisUrl });
  const rest = new Redis({ url: context.upstashUrl, token: context.upstashToken, enableTelemetry: false });
  await monitor.identify('backend', (message) => rest.echo(message));
  const env = { QUEUE_BACKEND: queues };
  const { maintain, ...others } = createConvene({ environment, context, env: { backend: env, worker: env } });
  // A worker looks for what is overdue when its queues can be reached again; queues in Postgres never were away here.
  const app = queues === 'redis' && maintain ? { ...others, maintain } : others;
  try {
    const figures = await runLab({ app, monitor, plan, say });
    const ownCounts = await app.ownCounts();
    const seen = await monitor.tally();
    const compared = Object.values(ownCounts).flatMap((counts) => Object.values(counts));
    return {
      design: 'convene',
      queues,
      environment,
      figures,
      differences: [...comparedWith(ownCounts, seen, environment), ...unknownSenders(seen)],
      compared: compared.reduce((sum, count) => sum + count, 0),
    };
  } finally {
    await app.stop();
    await monitor.stop();
    await context.dispose();
  }
};
