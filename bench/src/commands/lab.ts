import { setTimeout as pause } from 'node:timers/promises';
import type { CommandMonitor, TallyRow } from '@convene/local-stack/command-monitor';
import { without } from './tally';

/** A worker and what hands it notifications, of either design, on a Redis of its own. */
export type LabApp = {
  start: () => Promise<void>;
  /** Announces that many notifications at once and resolves when all of them are sent. */
  announce: (count: number) => Promise<void>;
  /** Makes one maintenance run overdue, so that the next connection finds it; resolves when it is done. */
  maintain?: (reconnect: () => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
};

export type LabPlan = { sparseJobs: number; pairs: number; burst: number; idleSeconds: number };

/** What was sent, and in which time. */
export type Sample = { rows: TallyRow[]; seconds: number; events: number };

export type LabFigures = Record<'start' | 'reconnect' | 'maintenance' | 'sparse' | 'pair' | 'burst' | 'idle', Sample>;

/** Long enough for a worker to be idle again, and for a limit of two a second to be no limit. */
const BETWEEN_JOBS_MS = 600;
const QUIET_MS = 1_000;
const QUIET_PATIENCE_MS = 15_000;

/** Resolves when nothing but polling is sent any more. */
const untilQuiet = async (monitor: CommandMonitor): Promise<void> => {
  const deadline = Date.now() + QUIET_PATIENCE_MS;
  let before = await monitor.tally();
  while (Date.now() < deadline) {
    await pause(QUIET_MS);
    const after = await monitor.tally();
    if (without(after, before).length === 0) return;
    before = after;
  }
};

/** Ends every connection that has a name, as a host does that closes idle ones. */
const cutConnections = async ({ uncounted }: CommandMonitor): Promise<void> => {
  const list = String(await uncounted.call('CLIENT', 'LIST'));
  for (const [, id = '', name = ''] of list.matchAll(/^id=(\d+) .*? name=(\S+) /gm)) {
    if (name !== 'command-monitor') await uncounted.call('CLIENT', 'KILL', 'ID', id);
  }
};

/**
 * Measures, one after another: a start with its first notification, the loss of all connections, a maintenance run,
 * notifications that come one by one, in pairs and all at once, and doing nothing.
 */
export const runLab = async ({
  app,
  monitor,
  plan,
  say,
}: {
  app: LabApp;
  monitor: CommandMonitor;
  plan: LabPlan;
  say: (what: string) => void;
}): Promise<LabFigures> => {
  const sample = async (events: number, work: () => Promise<void>): Promise<Sample> => {
    const before = await monitor.tally();
    const startedAt = performance.now();
    await work();
    const rows = without(await monitor.tally(), before);
    return { rows, seconds: (performance.now() - startedAt) / 1_000, events };
  };
  const spaced = async (count: number, jobsAtOnce: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      await app.announce(jobsAtOnce);
      await pause(BETWEEN_JOBS_MS * jobsAtOnce);
    }
  };
  const start = await sample(1, async () => {
    await app.start();
    await app.announce(1);
    await untilQuiet(monitor);
  });
  say('started');
  const reconnect = await sample(1, async () => {
    await cutConnections(monitor);
    await untilQuiet(monitor);
  });
  const { maintain } = app;
  const withMaintenance = await sample(1, async () => {
    await maintain?.(() => cutConnections(monitor));
    await untilQuiet(monitor);
  });
  const maintenance = { ...withMaintenance, rows: maintain ? without(withMaintenance.rows, reconnect.rows) : [] };
  const sparse = await sample(plan.sparseJobs, () => spaced(plan.sparseJobs, 1));
  const pair = await sample(plan.pairs * 2, () => spaced(plan.pairs, 2));
  const burst = await sample(plan.burst, () => app.announce(plan.burst));
  await untilQuiet(monitor);
  say(`idle for ${plan.idleSeconds} s`);
  const idle = await sample(1, () => pause(plan.idleSeconds * 1_000));
  return { start, reconnect, maintenance, sparse, pair, burst, idle };
};
