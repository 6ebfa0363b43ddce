import { z } from 'zod';
import { listingKindSchema } from '../listings/index';

/** What is counted per listing and UTC day. */
export const metrics = ['views', 'favorites', 'bookings', 'impressions'] as const;
export const metricSchema = z.enum(metrics);
export type Metric = (typeof metrics)[number];

/** Most events in one request to a metrics endpoint, and in one write to Redis. */
export const MAX_EVENTS_PER_REQUEST = 200;
export const MAX_EVENTS_PER_COMMIT = 500;

/** Ids come from Postgres' serial columns; a string of digits is accepted because HTML attributes hold strings. */
export const listingIdSchema = z
  .union([z.number().int(), z.string().regex(/^\d{1,10}$/, 'expected a listing id: digits only')])
  .transform((value) => Number(value))
  .pipe(z.number().int().min(1).max(2_147_483_647));

export const listingRefSchema = z.object({ kind: listingKindSchema, listingId: listingIdSchema });
export type ListingRef = z.infer<typeof listingRefSchema>;

/** An opaque id of a browser session or a user: nothing that could break a key. */
export const opaqueIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected 1 to 64 letters, digits, - or _');

/**
 * Who looked, as the collector knows it. Only a caller with the service token may say so;
 * for everyone else the backend finds it out by itself.
 */
export const visitorSchema = z.object({
  userId: opaqueIdSchema.optional(),
  sessionId: opaqueIdSchema.optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
});
export type Visitor = z.infer<typeof visitorSchema>;

/** One event as the collector forwards it; `at` is when it arrived there, in milliseconds since 1970. */
export const forwardedEventSchema = listingRefSchema.extend({
  at: z.number().int().positive(),
  visitor: visitorSchema,
});
export type ForwardedEvent = z.infer<typeof forwardedEventSchema>;

/**
 * The body of `metrics/view` and `metrics/impression`, sent by the collector with the service token.
 * `requestId` is made once and kept over all retries, so that a retry counts once.
 */
export const forwardedMetricsSchema = z.object({
  requestId: z.uuid(),
  events: z.array(forwardedEventSchema).min(1).max(MAX_EVENTS_PER_REQUEST),
});
export type ForwardedMetrics = z.infer<typeof forwardedMetricsSchema>;

/** The same endpoints without a service token: one listing, or for impressions several. */
export const directMetricsSchema = z.union([
  listingRefSchema.extend({ requestId: z.uuid().optional() }),
  z.object({
    requestId: z.uuid().optional(),
    events: z.array(listingRefSchema).min(1).max(MAX_EVENTS_PER_REQUEST),
  }),
]);
export type DirectMetrics = z.infer<typeof directMetricsSchema>;

/** What became of one event. `ignored` is a visit of the owner, of staff or of a robot. */
export const eventVerdicts = ['counted', 'duplicate', 'ignored', 'unknown-listing', 'failed'] as const;
export type EventVerdict = (typeof eventVerdicts)[number];

export const metricsAnswerSchema = z.object({
  requestId: z.uuid(),
  verdicts: z.array(z.enum(eventVerdicts)),
});
export type MetricsAnswer = z.infer<typeof metricsAnswerSchema>;

/** What a browser sends to the frontend's own `/collect`, by `navigator.sendBeacon`. */
export const beaconSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('view'), listing: listingRefSchema }),
  z.object({
    type: z.literal('impressions'),
    listings: z.array(listingRefSchema).min(1).max(100),
  }),
]);
export type Beacon = z.infer<typeof beaconSchema>;
