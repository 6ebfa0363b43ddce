import { parseArgs } from 'node:util';
import { z } from 'zod';

const minutesSchema = z.coerce.number().positive().max(120);
const connectionsSchema = z.coerce.number().int().min(1).max(900);
const arrivalsSchema = z.coerce.number().int().min(1).max(5_000);

export type Plan = {
  isQuick: boolean;
  /** What was built before is measured. */
  isBuilt: boolean;
  rounds: number;
  secondsEach: number;
  warmUpSeconds: number;
  /** Of the closed loop. With fewer than (requests a second × window) of them the window would be measured, not the code. */
  connections: number;
  openLoopMinutes: number;
  /** Requests a second of the open loop. */
  arrivals: number;
  /** Heap is compared at these numbers of events. */
  heapAtEvents: [number, number];
};

/** `--quick`, `--no-build`, `--open-loop-minutes n`, `--arrivals n` (a second, in the open loop), `--connections n`. */
export const planOf = (args: string[]): Plan => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      'open-loop-minutes': { type: 'string' },
      arrivals: { type: 'string' },
      connections: { type: 'string' },
    },
  });
  const isQuick = values.quick;
  return {
    isQuick,
    isBuilt: values['no-build'],
    rounds: isQuick ? 3 : 5,
    secondsEach: isQuick ? 2 : 5,
    warmUpSeconds: isQuick ? 3 : 8,
    connections: connectionsSchema.parse(values.connections ?? 256),
    openLoopMinutes: minutesSchema.parse(values['open-loop-minutes'] ?? (isQuick ? 0.75 : 10)),
    arrivals: arrivalsSchema.parse(values.arrivals ?? 200),
    heapAtEvents: isQuick ? [20_000, 100_000] : [100_000, 1_000_000],
  };
};
