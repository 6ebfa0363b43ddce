import { report } from '../lib/report';
import { number } from '../lib/table';
import { maintenanceRunsADay } from './convene/maintenance';
import { type Figures, labOf } from './figures';
import { type LabResult, runBaselineLab, runConveneLab } from './labs';
import { type Plan, planOf } from './options';
import { playDays } from './playedDays';
import {
  dayTable,
  differenceTable,
  eventTable,
  growthTable,
  postgresDayTable,
  sourceTable,
  totalsTable,
} from './reportTables';
import { type Difference, totalOf } from './tally';

const say = (part: string) => (what: string) => {
  console.log(`${new Date().toISOString().slice(11, 19)}  ${part}: ${what}`);
};

const measure = async (plan: Plan): Promise<Figures> => {
  // All at once: each design and environment has servers of its own, and most of the time all of them wait.
  const labs = plan.environments.flatMap((environment): Promise<LabResult>[] => [
    runBaselineLab(environment, plan, say(`document's design, ${environment}`)),
    runConveneLab(environment, plan, say(`Convene, ${environment}`)),
  ]);
  labs.push(runConveneLab('production', plan, say('Convene, production, queues in Postgres'), 'postgres'));
  const [played, ...results] = await Promise.all([playDays(plan, say('days played')), ...labs]);
  return { played, labs: results, maintenanceRunsADay: await maintenanceRunsADay() };
};

const howMeasured = (plan: Plan, figures: Figures): string => {
  const { sparse, pair, burst, idle } = labOf(figures, 'convene', 'production');
  const idleSent = plan.environments.map((environment) => {
    const lab = labOf(figures, 'convene', environment);
    return `${environment} ${number(totalOf(lab.idle.rows).client)}`;
  });
  return [
    'Counted on a real Redis by MONITOR: what clients send, and beside it what their scripts call inside.',
    '',
    `- **Each command sent**: increments, views, flushes and page views. A day is played on a virtual clock; every write of Convene's group commit, every command of the document's design and every one of the frontend's caches reaches the server. Beacons pass through the frontend's own collector, which forwards them in batches.`,
    `- **Measured idle × a day**: the workers of both designs did nothing for ${number(Math.round(idle.seconds))} s of real time, at once; Convene's sent in that time: ${idleSent.join(', ')}.`,
    `- **Sample × number**: ${sparse.events} notifications one by one, with a pause after each in which the worker is idle again; ${pair.events} in pairs; ${burst.events} at once. BullMQ's workers can't live on a virtual clock. What idle workers send meanwhile is taken off.`,
    `- **Not shown by MONITOR**: AUTH, and what a server refuses at sight. The document's design sends CLIENT SETINFO twice with each connection, which Redis before 7.2 refuses: there its upkeep is counted too low by that.`,
    `- **Computed**: the document's counting at more than 1 × is its cost at 1 × times the traffic; so are both designs' notifications.`,
  ].join('\n');
};

const bodyOf = (plan: Plan, figures: Figures, differences: Difference[]): string => {
  const even = totalOf(figures.played.evenCounting).client;
  const { commitMs, forwardMs } = figures.played.days[0]?.windows ?? { commitMs: Number.NaN, forwardMs: Number.NaN };
  const compared = figures.played.compared + figures.labs.reduce((sum, lab) => sum + lab.compared, 0);
  return [
    howMeasured(plan, figures),
    dayTable(figures, 'production', 'top'),
    `The day has one wave, quiet at night. Were the same visitors spread evenly over all 24 hours, counting them would cost ${number(even)} commands. The collector forwards at most once each ${forwardMs / 1_000} s, ${number(86_400_000 / forwardMs)} times a day; whatever comes from elsewhere, the backend writes at most once each ${commitMs / 1_000} s, ${number(86_400_000 / commitMs)} times a day.`,
    dayTable(figures, 'production', 'bottom'),
    `The production day at the top once more, with \`QUEUE_BACKEND=postgres\`. Upstash's own cost tables count calls inside scripts, its billing page is silent: the sum is what a day could cost at most.`,
    postgresDayTable(figures),
    totalsTable(figures, plan.environments),
    `Traffic of a production day multiplied: what counts visitors and keeps pages is bounded by time; a mail is work each time.`,
    growthTable(figures),
    eventTable(figures),
    `The production day at the top by source and command:`,
    sourceTable(figures, 'convene'),
    sourceTable(figures, 'baseline'),
    differences.length === 0
      ? `Convene's own counts (\`CommandCounter\` of each client) are the server's, command by command: ${number(compared)} commands compared.`
      : `**Convene's own counts differ from the server's** (on a busy machine a client gives a command up before the server has seen it, and has counted it):\n\n${differenceTable(differences)}`,
  ].join('\n\n');
};

const plan = planOf(process.argv.slice(2));
const startedAt = performance.now();
const figures = await measure(plan);
const differences = [...figures.played.differences, ...figures.labs.flatMap((lab) => lab.differences)];
await report({
  name: 'commands',
  command: `pnpm bench:commands${plan.isQuick ? ' --quick' : ''}`,
  body: bodyOf(plan, figures, differences),
});
console.log(`Took ${number(Math.round((performance.now() - startedAt) / 1_000))} s.`);
if (differences.length > 0) {
  console.error(`${differences.length} counts of commands differ from the server's.`);
  process.exitCode = 1;
}
