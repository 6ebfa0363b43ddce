import type { Memory } from '../lib/inspector';
import { Lab } from './lab';
import type { Plan } from './options';
import { eventsPerRequest } from './requests';

export type MemoryReading = { events: number; memory: Memory };
export type MemoryRun = { readings: MemoryReading[]; balances: Awaited<ReturnType<Lab['balances']>>; lost: number };

const WINDOW_MS = 50;

/** A new backend takes events in, views and impressions in turns, and is weighed after garbage collection. */
export const measureMemory = async (plan: Plan, say: (what: string) => void): Promise<MemoryRun> => {
  const lab = await Lab.open();
  try {
    const { inspector } = await lab.start('backend', WINDOW_MS);
    const readings: MemoryReading[] = [];
    let events = 0;
    for (const target of plan.heapAtEvents) {
      for (const metric of ['views', 'impressions'] as const) {
        const requests = Math.round((target - events) / (metric === 'views' ? 2 : 1) / eventsPerRequest.batch);
        const until = { requests };
        await lab.send('backend', { metric, shape: 'batch', connections: plan.connections, until });
        events += requests * eventsPerRequest.batch;
      }
      readings.push({ events, memory: await inspector.memoryAfterCollection() });
      say(`memory: weighed at event ${events}`);
    }
    return { readings, balances: await lab.balances(), lost: lab.lost };
  } finally {
    await lab.close();
  }
};
