import { z } from 'zod';

export const changesSchema = z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }));

const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.map(valueText).join(' + ') : String(value);
};

/** One change in words; of a field whose values are not kept, its name. */
export const changeText = ({ field, from, to }: z.infer<typeof changesSchema>[number]): string =>
  from === undefined && to === undefined ? field : `${field}: ${valueText(from)} → ${valueText(to)}`;
