import { report } from '../lib/report';
import { markdownTable, milliseconds, number, quantile } from '../lib/table';
import { type Backend, type Cost, type LabFigures, POISSON_MEAN_MS, runWorkerLab } from './lab';
import { planOf, type WorkerBenchPlan } from './options';

const DAY_SECONDS = 86_400;
const backends = ['redis', 'postgres'] as const satisfies Backend[];

/** What the contract and the issue ask for. */
const targets = {
  idleADay: 600,
  startMs: 50,
  lateMs: 1_000,
  poisson: 4.5,
  burst: 2.5,
  lateAfterLossMs: 60_000,
} as const;

const perEvent = ({ client, events }: Cost): number => client / events;
const perEventInside = ({ insideScripts, events }: Cost): number => insideScripts / events;
const idleADay = ({ idle }: LabFigures): number => (idle.client * DAY_SECONDS) / idle.seconds;
const seconds = (ms: number): string => `${number(ms / 1_000)} s`;

type Line = {
  title: string;
  value: (figures: LabFigures) => string;
  target?: string;
  reached?: (figures: LabFigures) => boolean;
};

const lines: Line[] = [
  {
    title: 'idle, both queues: commands a day',
    value: (figures) => number(idleADay(figures)),
    target: `≤ ${targets.idleADay}`,
    reached: (figures) => idleADay(figures) <= targets.idleADay,
  },
  {
    title: 'a job added to an idle queue starts after, p50',
    value: ({ startMs }) => milliseconds(quantile(startMs, 0.5)),
  },
  {
    title: 'the same, p95',
    value: ({ startMs }) => milliseconds(quantile(startMs, 0.95)),
    target: `≤ ${targets.startMs} ms`,
    reached: ({ startMs }) => quantile(startMs, 0.95) <= targets.startMs,
  },
  {
    title: 'a delayed job starts after its time, latest',
    value: ({ lateMs }) => milliseconds(quantile(lateMs, 1)),
    target: `≤ ${targets.lateMs / 1_000} s`,
    reached: ({ lateMs }) => quantile(lateMs, 0) >= 0 && quantile(lateMs, 1) <= targets.lateMs,
  },
  { title: 'a notification by itself: commands', value: ({ sparse }) => number(perEvent(sparse)) },
  {
    title: 'Poisson arrivals, relay included: commands each',
    value: ({ poisson }) => number(perEvent(poisson)),
    target: `≤ ${targets.poisson}`,
    reached: ({ poisson }) => perEvent(poisson) <= targets.poisson,
  },
  { title: 'the same inside scripts', value: ({ poisson }) => number(perEventInside(poisson)) },
  {
    title: 'a burst of 100: commands each',
    value: ({ burst }) => number(perEvent(burst)),
    target: `≤ ${targets.burst}`,
    reached: ({ burst }) => perEvent(burst) <= targets.burst,
  },
  {
    title: 'the same at 2 requests a second',
    value: ({ slowBurst }) => number(perEvent(slowBurst)),
    target: `≤ ${targets.burst}`,
    reached: ({ slowBurst }) => perEvent(slowBurst) <= targets.burst,
  },
  { title: 'commit to provider, p50', value: ({ latencyMs }) => milliseconds(quantile(latencyMs, 0.5)) },
  { title: 'commit to provider, p99', value: ({ latencyMs }) => milliseconds(quantile(latencyMs, 0.99)) },
  {
    title: "jobs a second, the provider's limit lifted",
    value: ({ jobsPerSecond }) => number(Math.round(jobsPerSecond)),
  },
  { title: 'idle connections cut: commands each time', value: ({ losses }) => number(losses.commandsPerCut) },
  {
    title: 'a mail after a cut: commit to provider, slowest',
    value: ({ losses }) => seconds(quantile(losses.afterCutMs, 1)),
    target: `≤ ${targets.lateAfterLossMs / 1_000} s`,
    reached: ({ losses }) => quantile(losses.afterCutMs, 1) <= targets.lateAfterLossMs,
  },
  {
    title: 'connections swallowed without a word: commands each time, with a mail',
    value: ({ losses }) => number(losses.commandsPerSwallow),
  },
  {
    title: 'a mail meanwhile: commit to provider, slowest',
    value: ({ losses }) => seconds(quantile(losses.afterSwallowMs, 1)),
    target: `≤ ${targets.lateAfterLossMs / 1_000} s`,
    reached: ({ losses }) => quantile(losses.afterSwallowMs, 1) <= targets.lateAfterLossMs,
  },
  {
    title: "errors in the worker's log meanwhile",
    value: ({ losses }) => number(losses.errors.length),
    target: '0',
    reached: ({ losses }) => losses.errors.length === 0,
  },
  { title: 'warnings in it', value: ({ losses }) => number(losses.warnings.length) },
];

const bodyOf = (plan: WorkerBenchPlan, labs: LabFigures[]): string => {
  const rows = lines.map(({ title, value, target, reached }) => [
    title,
    ...labs.map(value),
    target ?? '',
    reached ? (labs.every(reached) ? 'yes' : 'no') : '',
  ]);
  const right = (title: string) => ({ title, align: 'right' as const });
  return [
    `Worker and backend as processes of their own at production settings, on servers of their own; commands are counted by MONITOR, those of the queues' connections alone.`,
    [
      `- **Idle** was measured for ${number(plan.idleSeconds / 60)} minutes, both backends at once; in that time ${labs
        .map(({ backend, idle }) => `${backend} sent ${number(idle.client)}`)
        .join(', ')}. The waits of two queues end every half hour, which adds 192 a day on Redis.`,
      `- **Poisson arrivals**: ${plan.poisson} notifications, ${POISSON_MEAN_MS / 1_000} s apart in the mean; the 1,000 of a day are 86 s apart, so fewer of them meet.`,
      `- **Cut**: every connection to the queues' server is reset while the worker waits, ${plan.cuts} times; on Redis also the backend's. **Swallowed**: what is sent on the connections that there are gets nowhere, and neither end is told, ${plan.swallows} times; new connections work. No mail was lost.`,
      `- A mail's way ends when the provider has its request; the mailbox of this machine answers at once.`,
    ].join('\n'),
    markdownTable(
      [{ title: 'queues in' }, ...labs.map(({ backend }) => right(backend)), right('to reach'), { title: 'reached' }],
      rows,
    ),
  ].join('\n\n');
};

/** Runs one work after the other, in the order in which they were asked for. */
const turns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
};

/** Resolves for everybody when that many have come. */
const meetingOf = (count: number): (() => Promise<void>) => {
  let come = 0;
  let meet = (): void => undefined;
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  return () => {
    come += 1;
    if (come === count) meet();
    return met;
  };
};

const plan = planOf(process.argv.slice(2));
const startedAt = performance.now();
const inTurn = turns();
const whenIdle = meetingOf(backends.length);
const labs = await Promise.all(
  backends.map((backend) =>
    runWorkerLab({
      backend,
      plan,
      inTurn,
      whenIdle,
      say: (what) => console.log(`${new Date().toISOString().slice(11, 19)}  ${backend}: ${what}`),
    }),
  ),
);
for (const { backend, losses } of labs) {
  for (const line of [...losses.errors, ...losses.warnings]) console.log(`${backend}: ${line}`);
}
await report({
  name: 'worker',
  command: `pnpm bench:worker${plan.isQuick ? ' --quick' : ''}`,
  body: bodyOf(plan, labs),
});
console.log(`Took ${number(Math.round((performance.now() - startedAt) / 1_000))} s.`);
const missed = lines.filter(({ reached }) => reached && !labs.every(reached)).map(({ title }) => title);
if (missed.length > 0) {
  console.error(`Not reached: ${missed.join('; ')}.`);
  process.exitCode = 1;
}
