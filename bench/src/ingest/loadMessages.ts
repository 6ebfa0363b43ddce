import { z } from 'zod';
import { shapes } from './requests';

/** What the load process is asked to do. */
export const loadOrderSchema = z.object({
  origin: z.string(),
  path: z.string(),
  shape: z.enum(shapes),
  connections: z.number(),
  /** Ends the loop: so many seconds, or so many requests. */
  until: z.union([z.object({ seconds: z.number() }), z.object({ requests: z.number() })]),
  /** An open loop: requests leave at fixed times, whether the earlier ones were answered or not. */
  arrivalsPerSecond: z.number().optional(),
});
export type LoadOrder = z.infer<typeof loadOrderSchema>;

/** What it found. `verdicts` are those of acknowledged events; a request without an answer is in `lost`. */
export const loadResultSchema = z.object({
  seconds: z.number(),
  requests: z.number(),
  statuses: z.record(z.string(), z.number()),
  verdicts: z.record(z.string(), z.number()),
  lost: z.number(),
  /** The open loop's most requests without an answer at a time. */
  mostOpen: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;
