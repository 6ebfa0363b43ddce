import { setTimeout as pause } from 'node:timers/promises';
import type { Inspector, Memory } from '../lib/inspector';
import { Lab } from './lab';
import type { LoadResult } from './loadMessages';
import type { Plan } from './options';

export const OPEN_LOOP_WINDOW_MS = 15_000;
const SAMPLE_MS = 1_000;
/** The sender must have a connection for each request that the backend may hold. */
const CONNECTIONS = 2_000;

export type OpenLoop = {
  result: LoadResult;
  mostHeld: number;
  atStart: Memory;
  /** After all was answered; both after garbage collection. */
  atEnd: Memory;
  mostRssBytes: number;
  balances: Awaited<ReturnType<Lab['balances']>>;
};

const heldOf = async (origin: string): Promise<number> => {
  const text = await (await fetch(`${origin}/api/metrics`)).text();
  return Number(/^convene_metrics_requests_held (\d+)/m.exec(text)?.[1] ?? Number.NaN);
};

/** Looks each second at what the backend holds, until it is told to stop. */
const watch = (origin: string, inspector: Inspector) => {
  const most = { held: 0, rssBytes: 0 };
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      const [held, { rss }] = await Promise.all([heldOf(origin), inspector.memory()]);
      most.held = Math.max(most.held, held);
      most.rssBytes = Math.max(most.rssBytes, rss);
      await pause(SAMPLE_MS);
    }
  })();
  return async () => {
    isOver = true;
    await looking;
    return most;
  };
};

/** Requests of one view each at fixed times, at production's window, whatever becomes of the earlier ones. */
export const measureOpenLoop = async (plan: Plan, say: (what: string) => void): Promise<OpenLoop> => {
  const lab = await Lab.open();
  try {
    const { origin, inspector } = await lab.start('backend', OPEN_LOOP_WINDOW_MS);
    // The first requests of a process cost what no later ones do.
    await lab.send('backend', { metric: 'views', shape: 'single', connections: 1, until: { requests: 2 } });
    const atStart = await inspector.memoryAfterCollection();
    say(`open loop: ${plan.arrivals} requests a second for ${plan.openLoopMinutes} minutes`);
    const stopWatching = watch(origin, inspector);
    const result = await lab.send('backend', {
      metric: 'views',
      shape: 'single',
      connections: CONNECTIONS,
      arrivalsPerSecond: plan.arrivals,
      until: { requests: Math.round(plan.openLoopMinutes * 60 * plan.arrivals) },
    });
    const most = await stopWatching();
    const atEnd = await inspector.memoryAfterCollection();
    return {
      result,
      mostHeld: most.held,
      mostRssBytes: most.rssBytes,
      atStart,
      atEnd,
      balances: await lab.balances(),
    };
  } finally {
    await lab.close();
  }
};
