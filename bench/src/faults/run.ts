import { parseArgs } from 'node:util';
import { createTestContext } from '@convene/local-stack/testing';
import { z } from 'zod';
import { report } from '../lib/report';
import { buildBackend } from '../lib/servers';
import { markdownTable, number } from '../lib/table';
import { runFounding } from './founding';
import { startProduction } from './production';

type FaultRunResult = import('../../../apps/backend/tests/faults/faultRun').FaultRunResult;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    events: { type: 'string' },
  },
});
const isQuick = values.quick;
const events = z.coerce
  .number()
  .int()
  .positive()
  .parse(values.events ?? (isQuick ? 5_000 : 100_000));
const hitsEach = isQuick ? 1 : 5;

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const sumOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Counters where Postgres and Redis together have less than was acknowledged, and where more. */
const differencesOf = ({ acknowledged, counted }: FaultRunResult) => {
  const keys = new Set([...acknowledged.keys(), ...counted.keys()]);
  const differences = [...keys].map((key) => (counted.get(key) ?? 0) - (acknowledged.get(key) ?? 0));
  const sum = (sign: 1 | -1) => differences.reduce((total, each) => total + Math.max(0, each * sign), 0);
  return { lost: sum(-1), doubled: sum(1) };
};

const runConvene = async () => {
  const context = await createTestContext({ appendfsync: 'always' });
  // The backend's modules read it when they are loaded, here too.
  Object.assign(process.env, context.env.backend, { LOG_LEVEL: 'silent' });
  try {
    const [{ faultPoints }, { runFaults }] = await Promise.all([
      import('../../../apps/backend/tests/faults/points'),
      import('../../../apps/backend/tests/faults/faultRun'),
    ]);
    const faults = Array.from({ length: hitsEach }, () =>
      (['kill', 'cut'] as const).flatMap((how) => faultPoints.map((point) => ({ ...point, how }))),
    ).flat();
    return await runFaults({ context, startBackend: startProduction, faults, events, outages: hitsEach * 2, say });
  } finally {
    await context.dispose();
  }
};

const runFoundingDesign = async () => {
  const context = await createTestContext();
  try {
    return await runFounding(context, { events: Math.min(events, 20_000) });
  } finally {
    await context.dispose();
  }
};

const right = (title: string) => ({ title, align: 'right' as const });

await buildBackend(say);
say('two production backends count and flush at once, while they are killed and cut off');
const convene = await runConvene();
say("the founding document's flush");
const founding = await runFoundingDesign();
const { lost, doubled } = differencesOf(convene);

await report({
  name: 'faults',
  command: `pnpm bench:faults${isQuick ? ' --quick' : ''}`,
  body: [
    'Two production backends count and flush at once, without the lease that keeps flushes apart; visitors send each request again until it is acknowledged. "kill" is kill -9 of the backend, "cut" a broken connection; "before": the call has not arrived; "after": it is done, and its answer never comes. Redis runs with `appendfsync always`.',
    markdownTable(
      [
        { title: '' },
        right('acknowledged'),
        right('counted'),
        right('lost'),
        right('counted twice'),
        right('flushes'),
        right('of these broken off'),
      ],
      [
        [
          'Convene',
          number(sumOf(convene.acknowledged)),
          number(sumOf(convene.counted)),
          number(lost),
          number(doubled),
          number(convene.flushes.done + convene.flushes.broken),
          number(convene.flushes.broken),
        ],
        [
          "the founding document's flush",
          number(founding.acknowledged),
          number(founding.acknowledged - founding.lost + founding.doubled),
          number(founding.lost),
          number(founding.doubled),
          number(founding.flushes),
          number(founding.killed),
        ],
      ],
    ),
    `The founding document's flush ran without any outage but ${number(founding.killed)} ends before its DEL. Convene's visitors sent ${number(convene.requests)} requests, ${number(convene.retries)} times one again; given up: ${convene.givenUp.length === 0 ? 'none' : convene.givenUp.join(', ')}.`,
    markdownTable(
      [{ title: 'what was done to Convene' }, right('times')],
      [...convene.hits].map(([name, times]) => [name, number(times)]),
    ),
  ].join('\n\n'),
});
const isExact = lost + doubled === 0 && convene.givenUp.length === 0 && convene.wrongVerdicts.length === 0;
if (!isExact) {
  console.error('Not every acknowledged event was counted once.', convene.wrongVerdicts.slice(0, 20));
  process.exitCode = 1;
}
