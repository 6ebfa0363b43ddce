import { z } from 'zod';

/**
 * What somebody may decide about a notification that did not come to a good end:
 *
 * - `retry`: failed for good, is sent after all, with a window and attempts as if it were new
 * - `discard`: is never sent
 * - `mark-sent`: nobody knew whether it was sent; somebody does
 * - `send-again`: nobody knows whether it was sent; it is sent, perhaps a second time
 */
export const decisions = ['retry', 'discard', 'mark-sent', 'send-again'] as const;
export type Decision = (typeof decisions)[number];

/** The ends of a row that somebody may look at and decide about. */
export const failedStatuses = ['dead', 'uncertain'] as const;
export type FailedStatus = (typeof failedStatuses)[number];

/** Which of them a decision is for. */
export const decidable = {
  retry: ['dead'],
  discard: ['dead', 'uncertain'],
  'mark-sent': ['uncertain'],
  'send-again': ['uncertain'],
} as const satisfies Record<Decision, readonly FailedStatus[]>;

/** GET /api/notifications/failed */
export const failedQuerySchema = z.object({
  status: z.enum(failedStatuses).optional(),
  /** Those before this one: the last id of the page before. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FailedQuery = z.output<typeof failedQuerySchema>;

/** A row as staff see it: why, and since when, and nobody's address. The latest comes first. */
export const failedNotificationSchema = z.object({
  id: z.string(),
  type: z.string(),
  status: z.enum(failedStatuses),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime(),
  /** How many it was for; null where it did not come to find them. */
  recipients: z.number().int().nullable(),
});
export type FailedNotification = z.infer<typeof failedNotificationSchema>;

export const failedListSchema = z.object({
  /** How many there are by status, also those that the query leaves out. */
  counts: z.record(z.enum(failedStatuses), z.number().int()),
  notifications: z.array(failedNotificationSchema),
});
export type FailedList = z.infer<typeof failedListSchema>;

/** POST /api/notifications/failed: one, some, or all that the decision is for. */
export const decideSchema = z.object({
  decision: z.enum(decisions),
  ids: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(1_000)]),
});
export type Decide = z.infer<typeof decideSchema>;

export const decidedSchema = z.object({ decided: z.array(z.string()) });
export type Decided = z.infer<typeof decidedSchema>;
