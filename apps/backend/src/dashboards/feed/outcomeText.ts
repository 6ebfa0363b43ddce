import { z } from 'zod';

const outcomeSchema = z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()]).catch(null));

/** What a job told of itself, in words: "batches 3, counters 1200". Of what is false or nothing, nothing. */
export const outcomeText = (outcome: unknown): string => {
  const told = outcomeSchema.safeParse(outcome).data;
  if (!told) return '';
  if (told['ran'] === false) return 'somebody else was at it';
  return Object.entries(told)
    .filter(([name, value]) => name !== 'ran' && value !== null && value !== false && value !== 0)
    .map(([name, value]) => `${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()} ${String(value)}`)
    .join(', ');
};
