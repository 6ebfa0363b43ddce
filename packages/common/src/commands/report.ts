import { z } from 'zod';
import { utcDaySchema } from '../time/index';

/** The most rows of one report; the next one takes the rest. */
export const MAX_USAGE_ENTRIES = 500;

const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a name in small letters');

export const usageEntrySchema = z.object({
  /** The UTC day on which the commands were sent. */
  day: utcDaySchema,
  source: nameSchema,
  command: nameSchema,
  count: z.number().int().positive().max(1_000_000_000),
});
export type UsageEntry = z.infer<typeof usageEntrySchema>;

/** Commands that a process has sent. Under its id it is added once, however often it arrives. */
export const usageReportSchema = z.object({
  reportId: z.uuid(),
  entries: z.array(usageEntrySchema).min(1).max(MAX_USAGE_ENTRIES),
});
export type UsageReport = z.infer<typeof usageReportSchema>;
