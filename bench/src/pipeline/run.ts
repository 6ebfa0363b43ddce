import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CommandCounter } from '@convene/common/commands';
import { counterKey } from '@convene/common/keys';
import { metrics } from '@convene/common/metrics';
import { utcDayOf } from '@convene/common/time';
import { startCommandMonitor } from '@convene/local-stack/command-monitor';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { Pool } from 'pg';
import { report } from '../lib/report';
import { markdownTable, megabytes, number } from '../lib/table';
import { withPeakMemory } from './memory';
import { DAYS, seedListings } from './seed';
import { countStatements } from './statements';

const COUNTERS = 10_000;
const FLUSHES = 5;
const EVENTS_PER_WRITE = 500;

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const timed = async <T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> => {
  const startedAt = performance.now();
  const result = await work();
  return { result, ms: performance.now() - startedAt };
};

const loadBackend = async (context: TestContext) => {
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
  const [{ flushCountersToDaily }, { record }, { Redis }, { aggregateDaily }, { rankSegments }] = await Promise.all([
    import('../../../apps/backend/src/collections/Feed/counters'),
    import('../../../apps/backend/src/collections/Feed/scripts/record'),
    import('../../../apps/backend/src/utils/redis'),
    import('../../../apps/backend/src/collections/Feed/workers/aggregateDaily'),
    import('../../../apps/backend/src/collections/Feed/workers/rankSegments'),
  ]);
  const redis = new Redis({
    url: context.upstashUrl,
    token: context.upstashToken,
    counter: new CommandCounter('backend'),
    deadlineMs: 30_000,
    attemptTimeoutMs: 25_000,
  });
  return { flushCountersToDaily, record, redis, aggregateDaily, rankSegments };
};

type Backend = Awaited<ReturnType<typeof loadBackend>>;
type FlushRun = { ms: number; client: number; insideScripts: number; statements: number };

/** Flushes of 10,000 counters, one after the other; the later ones update rows that the first has made. */
const measureFlushes = async (
  { flushCountersToDaily, record, redis }: Backend,
  { context, pool, statementsSoFar }: { context: TestContext; pool: Pool; statementsSoFar: () => number },
): Promise<FlushRun[]> => {
  // Tomorrow's: no row of it is there yet.
  const day = utcDayOf(new Date(Date.now() + 86_400_000));
  const counters = Array.from({ length: COUNTERS / metrics.length }, (_, index) =>
    metrics.map((metric) => counterKey({ kind: 'locations', listingId: index + 1, metric, day })),
  ).flat();
  const runs: FlushRun[] = [];
  for (let run = 0; run < FLUSHES; run += 1) {
    for (let from = 0; from < COUNTERS; from += EVENTS_PER_WRITE) {
      const events = counters.slice(from, from + EVENTS_PER_WRITE).map((key) => ({ counterKey: key, amount: 2 }));
      await record(redis, [{ requestId: randomUUID(), events }]);
    }
    const monitor = await startCommandMonitor({ redisUrl: context.redisUrl });
    const before = statementsSoFar();
    const { result, ms } = await timed(() => flushCountersToDaily({ pool, redis }));
    const statements = statementsSoFar() - before;
    const rows = await monitor.tally();
    await monitor.stop();
    if (result.counters !== COUNTERS) throw new Error(`a flush took ${result.counters} counters`);
    const total = (of: 'client' | 'insideScripts') => rows.reduce((sum, row) => sum + row[of], 0);
    runs.push({ ms, client: total('client'), insideScripts: total('insideScripts'), statements });
  }
  return runs;
};

type Step = { ms: number; statements: number; grownBytes: number };
type SizeRun = { listings: number; first: Step[]; again: Step[] };

/** Aggregates and ranks, then the same a day later: most rows exist then, and all change. */
const measureSize = async (listings: number): Promise<{ size: SizeRun; flushes: FlushRun[] }> => {
  const context = await createTestContext();
  const pool = new Pool({ connectionString: context.databaseUrl });
  const statementsSoFar = countStatements(pool);
  try {
    const backend = await loadBackend(context);
    const now = new Date();
    say(`${number(listings)} listings with ${DAYS} days of metrics each`);
    await seedListings(pool, { listings, now });
    const step = async (name: string, work: () => Promise<{ ran: boolean }>): Promise<Step> => {
      const before = statementsSoFar();
      const { result, ms } = await timed(() => withPeakMemory(work));
      if (!result.result.ran) throw new Error(`${name} did not run`);
      say(`  ${name}: ${number(Math.round(ms))} ms`);
      return { ms, statements: statementsSoFar() - before, grownBytes: result.grownBytes };
    };
    const both = async (moment: Date): Promise<Step[]> => [
      await step('aggregateDaily', () => backend.aggregateDaily({ pool, now: moment })),
      await step('rankSegments', () => backend.rankSegments({ pool, now: moment })),
    ];
    const first = await both(now);
    // What autovacuum does between two runs on a server that lives.
    await pool.query('VACUUM ANALYZE aggregates');
    await pool.query('VACUUM ANALYZE listing_rank');
    const again = await both(new Date(now.getTime() + 86_400_000));
    const flushes = listings >= COUNTERS ? await measureFlushes(backend, { context, pool, statementsSoFar }) : [];
    return { size: { listings, first, again }, flushes };
  } finally {
    await pool.end();
    await context.dispose();
  }
};

const seconds = (ms: number) => `${number(Math.round(ms / 100) / 10)} s`;
const right = (title: string) => ({ title, align: 'right' as const });
const sum = (steps: Step[], of: keyof Step) => steps.reduce((total, step) => total + step[of], 0);

const sizeTable = (sizes: SizeRun[]): string =>
  markdownTable(
    [
      right('listings'),
      right('rows of metrics'),
      right('aggregateDaily, first / again'),
      right('rankSegments, first / again'),
      right('both, the slower'),
      right('statements'),
      right('memory of the process'),
    ],
    sizes.map(({ listings, first, again }) => [
      number(listings),
      number(listings * DAYS),
      `${seconds(first[0]?.ms ?? 0)} / ${seconds(again[0]?.ms ?? 0)}`,
      `${seconds(first[1]?.ms ?? 0)} / ${seconds(again[1]?.ms ?? 0)}`,
      seconds(Math.max(sum(first, 'ms'), sum(again, 'ms'))),
      number(sum(again, 'statements')),
      `+ ${megabytes(Math.max(...first.map(({ grownBytes }) => grownBytes), ...again.map(({ grownBytes }) => grownBytes)))}`,
    ]),
  );

const flushTable = (flushes: FlushRun[]): string =>
  markdownTable(
    [right('flush'), right('time'), right('commands'), right('calls inside scripts'), right('statements')],
    flushes.map(({ ms, client, insideScripts, statements }, index) => [
      `${index + 1}`,
      `${number(Math.round(ms))} ms`,
      number(client),
      number(insideScripts),
      number(statements),
    ]),
  );

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const sizes: SizeRun[] = [];
let flushes: FlushRun[] = [];
for (const listings of values.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
  const measured = await measureSize(listings);
  sizes.push(measured.size);
  if (measured.flushes.length > 0) flushes = measured.flushes;
}
await report({
  name: 'pipeline',
  command: `pnpm bench:pipeline${values.quick ? ' --quick' : ''}`,
  body: [
    'Aggregation and ranking, of all listings each time. "Again" is a day later, when every row exists and changes.',
    sizeTable(sizes),
    `Flushes of ${number(COUNTERS)} counters each into a table of ${number((sizes.at(-1)?.listings ?? 0) * DAYS)} rows; the first makes the rows of a new day, the others add to them.`,
    flushTable(flushes),
  ].join('\n\n'),
});
