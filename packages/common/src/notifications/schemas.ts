import { z } from 'zod';
import { localeSchema, roleSchema } from '../listings/index';
import { reportReasonSchema, reportSubjectSchema } from '../reports/index';
import { utcDaySchema } from '../time/index';
import type { NotificationType } from './categories';
import {
  bookingInMailSchema,
  countSchema,
  eventInMailSchema,
  eventScheduleSchema,
  excerptSchema,
  listingInMailSchema,
  MAX_LISTINGS_IN_STATS,
  MAX_PENDING_IN_DIGEST,
  mailAddressSchema,
  pendingSubjectSchema,
  personNameSchema,
  reasonSchema,
  recipientIdsSchema,
  reviewInMailSchema,
  rowIdSchema,
  tokenSchema,
  weeklyCountSchema,
  weekSchema,
} from './parts';

const toUser = z.object({ userId: rowIdSchema });
const toOwner = z.object({ ownerId: rowIdSchema });
const toClient = z.object({ clientId: rowIdSchema });
const toAuthor = z.object({ authorId: rowIdSchema });
const toClaimant = z.object({ claimantId: rowIdSchema });
const toUsers = z.object({ userIds: recipientIdsSchema });

const report = z.object({
  reportId: rowIdSchema,
  reason: reportReasonSchema,
  details: excerptSchema,
  /** Null where somebody reports without an account. */
  reporterName: personNameSchema.nullable(),
});

/** One owner's week: the totals of all their listings of that kind of number, and the busiest listings by name. */
const weeklyStats = <Counts extends z.ZodRawShape>(counts: Counts) =>
  toOwner.extend({
    week: weekSchema,
    totals: z.object(counts),
    /** The busiest first. */
    listings: z
      .array(z.object({ listing: listingInMailSchema, ...counts }))
      .min(1)
      .max(MAX_LISTINGS_IN_STATS),
    /** How many of the owner's listings are counted in the totals and not named. */
    otherListings: countSchema,
  });

/**
 * The payload of every notification. The worker's registry has an entry for exactly these; a type that is missing on
 * either side does not compile.
 *
 * A payload holds ids, and what must be as it was when the event happened: titles, names, reasons, dates, counts.
 * Addresses and tokens are looked up when the mail is first tried; the few that nothing else can carry stand in the
 * fields of {@link secretPayloadFields}.
 */
export const notificationSchemas = {
  /** Confirm your address. `token`: the link's, which Payload keeps hashed or nowhere else. */
  'user.welcome': toUser.extend({ token: tokenSchema }),
  'user.welcome.client': toUser,
  'user.welcome.host': toUser,
  'user.welcome.organizer': toUser,
  'user.welcome.provider': toUser,
  /** Someone signed up with an address that has an account. */
  'user.signup.existing': toUser,
  'user.reset.start': toUser.extend({ token: tokenSchema }),
  'user.reset.confirmed': toUser,
  /** Confirm your new address. `email`: where the link goes, which is the account's only when it is opened. */
  'user.email.confirm': toUser.extend({ email: mailAddressSchema, token: tokenSchema }),
  /** To both addresses: the account knows only the new one, and whoever took it over must not be the only one to hear. */
  'user.email.changed': toUser.extend({ oldEmail: mailAddressSchema, newEmail: mailAddressSchema }),
  'user.two-factor.on': toUser,
  'user.two-factor.off': toUser,

  /** `conversationId` is opaque: the last part of the conversation's page. `messages`: how many this mail stands for. */
  'message.new': z.object({
    recipientId: rowIdSchema,
    conversationId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    senderName: personNameSchema,
    listing: listingInMailSchema,
    excerpt: excerptSchema,
    messages: z.number().int().positive(),
  }),

  'listing.approved': toOwner.extend({ listing: listingInMailSchema }),
  'listing.rejected': toOwner.extend({ listing: listingInMailSchema, reason: reasonSchema }),
  'listing.finished': toOwner.extend({ event: eventInMailSchema, participants: countSchema }),
  'listing.recommended': toOwner.extend({ listing: listingInMailSchema }),
  'listing.search-stats': weeklyStats({ impressions: weeklyCountSchema }),
  'listing.view-stats': weeklyStats({
    views: weeklyCountSchema,
    favorites: weeklyCountSchema,
    bookings: weeklyCountSchema,
  }),
  /** `email`: whoever is invited has no account; the listing's contact address may be changed while the mail waits. */
  'listing.claim.invitation': z.object({
    listing: listingInMailSchema,
    email: mailAddressSchema,
    locale: localeSchema,
    token: tokenSchema,
  }),
  /** Collected, at most one a listing a day. `count`: new ones since the last such mail; `total`: all that it has. */
  'listing.favorited': toOwner.extend({
    listing: listingInMailSchema,
    count: z.number().int().positive(),
    total: countSchema,
  }),

  'account.verified': toUser,
  'account.verification-rejected': toUser.extend({ reason: reasonSchema }),
  /** `email` and `name`: the account holds neither any more. */
  'account.deleted': toUser.extend({ email: mailAddressSchema, name: personNameSchema, locale: localeSchema }),

  'review.new': toOwner.extend({ review: reviewInMailSchema }),
  'review.approved': toAuthor.extend({ reviewId: rowIdSchema, listing: listingInMailSchema }),
  'review.rejected': toAuthor.extend({ reviewId: rowIdSchema, listing: listingInMailSchema, reason: reasonSchema }),

  'booking.requested': toOwner.extend({
    booking: bookingInMailSchema,
    clientName: personNameSchema,
    /** What the client wrote with it; empty for nothing. */
    note: excerptSchema,
  }),
  'booking.confirmed': toClient.extend({ booking: bookingInMailSchema }),
  'booking.declined': toClient.extend({ booking: bookingInMailSchema, reason: reasonSchema }),
  /** To the other party: the owner where the client cancelled, else the client. */
  'booking.cancelled': z.object({
    recipientId: rowIdSchema,
    booking: bookingInMailSchema,
    cancelledBy: z.enum(['client', 'owner']),
    cancelledByName: personNameSchema,
    reason: reasonSchema,
  }),

  /** To everybody who takes part or saved it. */
  'event.cancelled': toUsers.extend({ event: eventInMailSchema, reason: reasonSchema }),
  /** `event` as it is from now on, `before` as it was: another time or another place. */
  'event.moved': toUsers.extend({ event: eventInMailSchema, before: eventScheduleSchema }),
  /** To those who saved it. */
  'event.reminder.24h': toUsers.extend({ event: eventInMailSchema }),
  'event.participation.confirmed': toUser.extend({
    bookingId: rowIdSchema,
    event: eventInMailSchema,
    seats: z.number().int().positive(),
  }),
  'event.participation.reminder': toUsers.extend({ event: eventInMailSchema }),

  'admin.listing.pending': toOwner.extend({ ownerName: personNameSchema, listing: listingInMailSchema }),
  'admin.review.pending': z.object({ review: reviewInMailSchema }),
  'admin.claim.pending': toClaimant.extend({
    claimId: rowIdSchema,
    claimantName: personNameSchema,
    listing: listingInMailSchema,
    /** How the claimant says to be entitled. */
    evidence: excerptSchema,
  }),
  'admin.user.new': toUser.extend({ displayName: personNameSchema, roles: z.array(roleSchema) }),
  'admin.report.new': report.extend({ subject: reportSubjectSchema.exclude(['listing', 'profile']) }),
  'admin.listing.report': report.extend({ listing: listingInMailSchema }),
  'admin.profile.report': report.extend({ userId: rowIdSchema, displayName: personNameSchema }),
  'admin.password.changed': toUser.extend({ displayName: personNameSchema }),
  'admin.verification.request': toUser.extend({
    verificationId: rowIdSchema,
    displayName: personNameSchema,
    note: excerptSchema,
  }),
  /** The last whole UTC day, and what waits at the moment of writing. */
  'admin.digest.daily': z.object({
    day: utcDaySchema,
    pending: z.object({
      listings: countSchema,
      reviews: countSchema,
      claims: countSchema,
      reports: countSchema,
      verifications: countSchema,
    }),
    /** Of these, those that have waited longest, the oldest first. */
    oldestPending: z
      .array(
        z.object({
          subject: pendingSubjectSchema,
          /** The listing that it is about; null where it is about none, or it has no title yet. */
          title: z.string().min(1).max(200).nullable(),
          waitingSince: z.iso.datetime(),
        }),
      )
      .max(MAX_PENDING_IN_DIGEST),
    happened: z.object({
      accounts: countSchema,
      listings: countSchema,
      bookings: countSchema,
      reviews: countSchema,
      messages: countSchema,
    }),
    queue: z.object({
      /** Of the day. `dead`: failed for good; `uncertain`: nobody knows whether it was sent. */
      sent: countSchema,
      suppressed: countSchema,
      dead: countSchema,
      uncertain: countSchema,
      failedJobs: countSchema,
      /** Now: rows of the outbox that are open, and since when the oldest is due. */
      waiting: countSchema,
      oldestWaitingSeconds: z.number().min(0),
    }),
    /** Redis commands of the day against what the plan allows. */
    redis: z.object({ commands: countSchema, limit: countSchema }),
  }),
  /** `email`: where an answer goes. The sender need not have an account. */
  'admin.contact': z.object({
    contactMessageId: rowIdSchema,
    name: personNameSchema,
    email: mailAddressSchema,
    subject: z.string().max(200),
    message: z.string().min(1).max(5_000),
  }),

  'claim.approved': toClaimant.extend({ claimId: rowIdSchema, listing: listingInMailSchema }),
  'claim.rejected': toClaimant.extend({ claimId: rowIdSchema, listing: listingInMailSchema, reason: reasonSchema }),
} as const satisfies Record<NotificationType, z.ZodType>;

export type NotificationPayload<Type extends NotificationType> = z.infer<(typeof notificationSchemas)[Type]>;

/**
 * The payloads' fields that hold a secret or what identifies a person who has no account to look it up in. They stand
 * at a payload's top level, and a row loses them when there is nothing to be sent again.
 */
export const secretPayloadFields = ['token', 'email', 'oldEmail', 'newEmail', 'name'] as const;
