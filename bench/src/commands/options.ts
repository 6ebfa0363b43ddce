import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Environment, environments } from './days';
import type { LabPlan } from './lab';
import type { PlayedPlan } from './playedDays';

const minutesSchema = z.coerce.number().positive().max(60);

export type Plan = PlayedPlan & LabPlan & { isQuick: boolean; environments: readonly Environment[] };

/** `--quick`: production alone and short samples; `--idle-minutes n`: for how long idle workers are watched. */
export const planOf = (args: string[]): Plan => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      'idle-minutes': { type: 'string' },
    },
  });
  const isQuick = values.quick;
  const idleMinutes = minutesSchema.parse(values['idle-minutes'] ?? (isQuick ? 0.5 : 5));
  const samples = isQuick ? { sparseJobs: 10, pairs: 4, burst: 16 } : { sparseJobs: 40, pairs: 10, burst: 60 };
  return {
    ...samples,
    isQuick,
    idleSeconds: idleMinutes * 60,
    environments: isQuick ? ['production'] : environments,
    growthFactors: isQuick ? [1, 10] : [1, 10, 100],
  };
};
