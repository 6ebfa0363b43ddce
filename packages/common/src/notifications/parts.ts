import { z } from 'zod';
import { listingKindSchema } from '../listings/index';
import { listingIdSchema } from '../metrics/index';
import { timeZoneSchema, utcDaySchema } from '../time/index';

/*
 * What several payloads have in common. All of it is frozen when the event happens, so that a retry renders the same
 * mail whatever has been renamed, moved or deleted since.
 */

/** The most recipients of one row: a fan-out writes one row for each hundred. */
export const MAX_RECIPIENTS_PER_ROW = 100;
/** The longest piece of what somebody wrote that a mail quotes, in characters; see {@link excerptOf}. */
export const MAX_EXCERPT_LENGTH = 400;
/** The most listings that one mail of statistics names; the rest are in its totals. */
export const MAX_LISTINGS_IN_STATS = 20;
/** The most of what waits for staff that their digest names; the rest are in its counts. */
export const MAX_PENDING_IN_DIGEST = 10;

/** The id of a row: Postgres' serial columns. */
export const rowIdSchema = z.number().int().positive().max(2_147_483_647);
export const personNameSchema = z.string().max(200);
export const tokenSchema = z.string().min(16).max(512);
export const mailAddressSchema = z.email().max(254);
/** Why staff or a person decided so; empty where they gave no reason. */
export const reasonSchema = z.string().max(2_000);
export const excerptSchema = z.string().max(MAX_EXCERPT_LENGTH);
export const countSchema = z.number().int().min(0);
export const recipientIdsSchema = z.array(rowIdSchema).min(1).max(MAX_RECIPIENTS_PER_ROW);

/** The beginning of what somebody wrote, as long as {@link excerptSchema} allows, by whole characters. */
export const excerptOf = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed.length <= MAX_EXCERPT_LENGTH) return trimmed;
  const end = MAX_EXCERPT_LENGTH - 1;
  // A character outside the basic plane is two units; half of one is none.
  const isHalf = /[\ud800-\udbff]$/.test(trimmed.slice(0, end));
  return `${trimmed.slice(0, isHalf ? end - 1 : end).trimEnd()}…`;
};

/** A listing as a mail names it. */
export const listingInMailSchema = z.object({
  kind: listingKindSchema,
  id: listingIdSchema,
  title: z.string().min(1).max(200),
  slug: z.string().min(1).max(200),
});
export type ListingInMail = z.infer<typeof listingInMailSchema>;

/** From when to when, as ISO 8601 with `Z` or an offset, and the zone that it is told in. */
export const periodInMailSchema = z.object({
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  timeZone: timeZoneSchema,
});
export type PeriodInMail = z.infer<typeof periodInMailSchema>;

/** When and where an event takes place. */
export const eventScheduleSchema = periodInMailSchema.extend({
  /** "Casa Filipescu, Strada Batiștei 14, București"; null where none is given. */
  place: z.string().min(1).max(300).nullable(),
});
export type EventSchedule = z.infer<typeof eventScheduleSchema>;

/** An event as a mail names it. */
export const eventInMailSchema = listingInMailSchema
  .extend({ kind: z.literal('events') })
  .extend(eventScheduleSchema.shape);
export type EventInMail = z.infer<typeof eventInMailSchema>;

/** A booking as a mail names it: of a location or service for a time, of an event a number of seats. */
export const bookingInMailSchema = z.object({
  id: rowIdSchema,
  listing: listingInMailSchema,
  period: periodInMailSchema,
  /** How many take part; null where the listing isn't booked by seats. */
  seats: z.number().int().positive().nullable(),
});
export type BookingInMail = z.infer<typeof bookingInMailSchema>;

/** What waits for a decision of staff. */
export const pendingSubjects = ['listing', 'review', 'claim', 'report', 'verification'] as const;
export const pendingSubjectSchema = z.enum(pendingSubjects);
export type PendingSubject = (typeof pendingSubjects)[number];

/** Seven whole UTC days, the first and the last of them. */
export const weekSchema = z.object({ firstDay: utcDaySchema, lastDay: utcDaySchema });

/** A number of the week and that of the week before. */
export const weeklyCountSchema = z.object({ week: countSchema, weekBefore: countSchema });
export type WeeklyCount = z.infer<typeof weeklyCountSchema>;

/** Somebody's rating as a mail shows it. */
export const reviewInMailSchema = z.object({
  id: rowIdSchema,
  listing: listingInMailSchema,
  authorName: personNameSchema,
  rating: z.number().int().min(1).max(5),
  excerpt: excerptSchema,
});
export type ReviewInMail = z.infer<typeof reviewInMailSchema>;
