import { report } from '../lib/report';
import { buildServers } from '../lib/servers';
import { megabytes, number } from '../lib/table';
import { CLOSED_LOOP_WINDOW_MS, measureClosedLoop } from './closedLoop';
import type { Balance } from './lab';
import { measureMemory } from './memory';
import { measureOpenLoop, OPEN_LOOP_WINDOW_MS } from './openLoop';
import { planOf } from './options';
import { balanceTable, closedLoopTables, heapGrowthBytes, memoryTable, openLoopTable } from './tables';

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const plan = planOf(process.argv.slice(2));
if (!plan.isBuilt) await buildServers(say);
const closed = await measureClosedLoop(plan, say);
const memory = await measureMemory(plan, say);
const open = await measureOpenLoop(plan, say);

const runs: { run: string; balances: Balance[]; lost: number }[] = [
  { run: 'closed loop', balances: closed.balances, lost: closed.lost },
  { run: 'memory', balances: memory.balances, lost: memory.lost },
  { run: 'open loop', balances: open.balances, lost: open.result.lost },
];
// A request whose answer was lost may be in Redis all the same; nothing acknowledged may be missing.
const wrong = runs.flatMap(({ balances, lost }) =>
  balances.filter(({ acknowledged, inRedis }) => inRedis < acknowledged || (lost === 0 && inRedis !== acknowledged)),
);

await report({
  name: 'ingest',
  command: `pnpm bench:ingest${plan.isQuick ? ' --quick' : ''}`,
  body: [
    `Production builds; the sender in a process of its own, on the same machine, as are Redis and its REST endpoint.`,
    `Closed loop: ${plan.connections} connections kept open, each sends when it was answered; window ${CLOSED_LOOP_WINDOW_MS} ms, so at most ${number((plan.connections * 1_000) / CLOSED_LOOP_WINDOW_MS)} requests a second whose events don't fill a write. Medians of ${plan.rounds} rounds of ${plan.secondsEach} s each, in turns. “Processor” is what the server's process spends on a request.`,
    closedLoopTables(closed),
    `Memory of one backend process after garbage collection, views and impressions 20 at once: the heap grew by ${megabytes(heapGrowthBytes(memory))} between the two.`,
    memoryTable(memory),
    `Open loop: ${number(plan.arrivals)} requests a second of one view each, at fixed times, for ${number(plan.openLoopMinutes)} minutes; window ${OPEN_LOOP_WINDOW_MS / 1_000} s.`,
    openLoopTable(open),
    `Every acknowledged event is in Redis:`,
    balanceTable(runs),
  ].join('\n\n'),
});
if (wrong.length > 0) {
  console.error('What was acknowledged is not what Redis holds.');
  process.exitCode = 1;
}
