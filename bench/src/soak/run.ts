import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Memory } from '../lib/inspector';
import { report } from '../lib/report';
import { buildBackend, buildFrontend, buildWorker } from '../lib/servers';
import { markdownTable, megabytes, number } from '../lib/table';
import { accountMails, countedViews, missingAccounts } from './accounts';
import { faults } from './faults';
import { type AppName, appNames, SoakStack } from './stack';
import { type Actor, Traffic } from './traffic';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    minutes: { type: 'string' },
  },
});
const minutes = z.coerce
  .number()
  .min(1)
  .max(600)
  .parse(values.minutes ?? 10);

/** After a fault is over, circuits and connections come back. */
const RECOVERY_MS = 15_000;

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const weigh = async (stack: SoakStack): Promise<Map<AppName, Memory>> => {
  const memory = new Map<AppName, Memory>();
  for (const app of appNames) {
    const inspector = stack.inspector(app);
    if (inspector) memory.set(app, await inspector.memoryAfterCollection());
  }
  return memory;
};

if (!values['no-build']) {
  await buildBackend(say);
  await buildFrontend(say);
  await buildWorker(say);
}
say('starting the stack with the demo');
const stack = await SoakStack.open();
const traffic = await Traffic.prepare(stack);
const viewsBefore = await countedViews(stack);
const running = traffic.run();

const startedAt = Date.now();
const endAt = startedAt + minutes * 60_000;
// Faults in the first three quarters; in the last one the processes that were started last are weighed twice.
const between = (minutes * 60_000 * 0.75) / (faults.length + 1);
const struck: string[] = [];
for (const fault of faults) {
  await delay(Math.max(0, startedAt + between * (struck.length + 1) - Date.now()));
  say(fault.name);
  traffic.setFault(true);
  await fault.strike(stack);
  await delay(RECOVERY_MS);
  traffic.setFault(false);
  struck.push(fault.name);
}
const quarter = await weigh(stack);
say('no more faults');
await delay(Math.max(0, endAt - Date.now()));
const last = await weigh(stack);
traffic.stop();
await running;

say('the books are laid beside each other');
const flushed = await fetch(`${stack.origin('backend')}/api/jobs/flush`, {
  method: 'POST',
  headers: { authorization: `Bearer ${stack.secret('JOBS_SECRET')}` },
});
const views = (await countedViews(stack)) - viewsBefore;
const mails = await accountMails(stack);
const withoutAccount = await missingAccounts(stack, traffic.signedUp);
await stack.close();

const actors = Object.entries(traffic.books) as [Actor, (typeof traffic.books)[Actor]][];
const growth = (app: AppName) => (last.get(app)?.heapUsed ?? 0) - (quarter.get(app)?.heapUsed ?? 0);

await report({
  name: 'soak',
  command: `pnpm bench:soak${values.minutes ? ` --minutes ${minutes}` : ''}`,
  body: [
    `The three apps as they are deployed, over the demo's data, under mixed traffic for ${number(minutes)} minutes; sender, apps, Postgres, Redis and mailbox share the machine. What fails from the beginning of a fault until ${RECOVERY_MS / 1_000} s after its end counts as the fault's.`,
    markdownTable(
      [
        { title: 'who' },
        ...['did', 'failed outside of faults', 'failed in faults'].map((title) => ({ title, align: 'right' as const })),
      ],
      actors.map(([actor, { asked, failed, failedInFaults }]) => [
        actor,
        number(asked),
        number(failed),
        number(failedInFaults),
      ]),
    ),
    `Faults, one after the other: ${struck.join('; ')}.`,
    markdownTable(
      [{ title: 'afterwards' }, { title: '', align: 'right' }],
      [
        ['views acknowledged', number(traffic.viewsCounted)],
        ['views in Postgres and Redis', number(views)],
        ['notifications written', number(mails.rows)],
        ['of these still open, or given up', `${number(mails.open)}, ${number(mails.failed)}`],
        ['mails lost, mails sent twice', `${number(mails.lost)}, ${number(mails.doubled)}`],
        ['sign-ups accepted, without an account', `${number(traffic.signedUp.length)}, ${number(withoutAccount)}`],
        ['the last flush', flushed.ok ? 'done' : `answered ${flushed.status}`],
      ],
    ),
    markdownTable(
      [
        { title: 'heap after collection' },
        ...['after the faults', 'at the end', 'grown by'].map((title) => ({ title, align: 'right' as const })),
      ],
      appNames.map((app) => [
        app,
        megabytes(quarter.get(app)?.heapUsed ?? 0),
        megabytes(last.get(app)?.heapUsed ?? 0),
        megabytes(growth(app)),
      ]),
    ),
  ].join('\n\n'),
});
for (const [actor, { problems }] of actors) for (const problem of problems) say(`${actor}: ${problem}`);
const failed = actors.reduce((sum, [, book]) => sum + book.failed, 0);
if (
  failed + mails.lost + mails.doubled + mails.open + withoutAccount > 0 ||
  views !== traffic.viewsCounted ||
  !flushed.ok
) {
  console.error('Something was lost, doubled, or failed without a fault.');
  process.exitCode = 1;
}
