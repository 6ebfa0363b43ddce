import { parseArgs } from 'node:util';
import { z } from 'zod';

export type WorkerBenchPlan = {
  isQuick: boolean;
  idleSeconds: number;
  starts: number;
  delayed: number;
  sparse: number;
  poisson: number;
  burst: number;
  latencies: number;
  throughput: number;
  cuts: number;
  swallows: number;
};

const minutesSchema = z.coerce.number().positive().max(60);

/** `--minutes n`: for how long idle workers are watched, 10 unless told; `--quick`: small samples, half a minute. */
export const planOf = (args: string[]): WorkerBenchPlan => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      minutes: { type: 'string' },
    },
  });
  const isQuick = values.quick;
  const idleSeconds = 60 * minutesSchema.parse(values.minutes ?? (isQuick ? 0.5 : 10));
  return isQuick
    ? {
        isQuick,
        idleSeconds,
        starts: 5,
        delayed: 2,
        sparse: 5,
        poisson: 10,
        burst: 100,
        latencies: 20,
        throughput: 200,
        cuts: 2,
        swallows: 1,
      }
    : {
        isQuick,
        idleSeconds,
        starts: 40,
        delayed: 8,
        sparse: 40,
        poisson: 100,
        burst: 100,
        latencies: 200,
        throughput: 1_000,
        cuts: 6,
        swallows: 3,
      };
};
