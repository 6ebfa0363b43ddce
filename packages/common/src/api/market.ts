import { z } from 'zod';
import { formProofSchema } from '../forms/index';
import { currencies, listingKindSchema, localeSchema, priceUnits, selfGrantableRoles } from '../listings/index';
import { bookingStatusSchema, bookingTypes, reviewStatuses, verificationRequestStatuses } from '../market/index';
import { listingIdSchema } from '../metrics/index';
import { type OptionalCategory, optionalCategories } from '../notifications/categories';
import { reportReasonSchema } from '../reports/index';
import { timeZoneSchema } from '../time/index';
import { displayNameSchema, emailSchema, MAX_BIO_LENGTH, passwordSchema } from './people';

/* What people send and read about listings: favourites, bookings, messages, reviews, claims, reports. */

const rowId = z.number().int().positive().max(2_147_483_647);
const moment = z.iso.datetime({ offset: true });
const count = z.number().int().nonnegative();

/** Lines of plain text: control characters but tab and line feed are dropped. */
export const plainText = (min: number, max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, '')
        .trim(),
    )
    .pipe(z.string().min(min).max(max));

/** One line: what could begin another is a space. */
export const plainLine = (min: number, max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim())
    .pipe(z.string().min(min).max(max));

const listingRef = { kind: listingKindSchema, listingId: listingIdSchema };
const form = formProofSchema;

/** POST /api/favorites/toggle. Without `favorite` the opposite of what it is. */
export const favoriteToggleSchema = z.object({ ...listingRef, favorite: z.boolean().optional() });
export const favoriteAnswerSchema = z.object({ favorite: z.boolean() });

/** How many a visitor without an account keeps, in a cookie. */
export const MOST_VISITOR_FAVORITES = 50;
/** POST /api/favorites/merge: what somebody saved before they signed in becomes theirs; safe to ask again. */
export const favoriteMergeSchema = z.object({
  listings: z.array(z.object(listingRef)).min(1).max(MOST_VISITOR_FAVORITES),
});
export const favoriteMergeAnswerSchema = z.object({
  added: count,
  /** Were favourites of the account before. */
  kept: count,
  /** Are not public any more. */
  gone: count,
});
export type FavoriteMergeAnswer = z.infer<typeof favoriteMergeAnswerSchema>;

/** GET /api/account/marks: what every page shows of one's account, by one statement. */
export const accountMarksSchema = z.object({
  /** `kind:id` of the favourites, the newest 2,000. */
  favorites: z.array(z.string()),
  unreadMessages: count,
});
export type AccountMarks = z.infer<typeof accountMarksSchema>;

/** POST /api/bookings. An event has its own times; of a location or service `startsAt` and `endsAt` are asked for. */
export const bookingRequestSchema = z.object({
  ...listingRef,
  startsAt: moment.optional(),
  endsAt: moment.optional(),
  seats: z.number().int().min(1).max(1_000).default(1),
  note: plainText(0, 2_000).default(''),
  form,
});
/** POST /api/bookings/block: a time of one's own location or service that is kept free. */
export const blockRequestSchema = z.object({
  ...listingRef,
  startsAt: moment,
  endsAt: moment,
  note: plainText(0, 2_000).default(''),
});
/** POST /api/bookings/:id/decide, by the owner. */
export const bookingDecisionSchema = z.object({
  decision: z.enum(['confirmed', 'declined']),
  reason: plainText(0, 2_000).default(''),
});
/** POST /api/bookings/:id/cancel, by either party; also takes a blocked time back. */
export const bookingCancelSchema = z.object({ reason: plainText(0, 2_000).default('') });

/** POST /api/events/:id/cancel, by its organizer: at once, and told to everybody who takes part or has saved it. */
export const eventCancelSchema = z.object({ reason: plainText(0, 2_000).default('') });

export const bookingSchema = z.object({
  id: rowId,
  ...listingRef,
  type: z.enum(bookingTypes),
  status: bookingStatusSchema,
  seats: z.number().int(),
  startsAt: moment,
  endsAt: moment,
  timeZone: timeZoneSchema,
  price: z.object({
    amountMinor: z.number().int().nullable(),
    currency: z.enum(currencies).nullable(),
    unit: z.enum(priceUnits).nullable(),
    totalMinor: z.number().int().nullable(),
  }),
  note: z.string(),
  reason: z.string(),
});
export type BookingAnswer = z.infer<typeof bookingSchema>;

/** GET /api/listings/:kind/:slug/availability: what can still be booked. */
export const availabilitySchema = z.object({
  /** Is there somebody who takes bookings and messages? */
  hasOwner: z.boolean(),
  /** In which times are asked for. */
  timeZone: timeZoneSchema,
  /** Of an event; null where it has no limit. */
  seatsLeft: count.nullable(),
  /** Of a location or service, within the next half year, the soonest first. */
  taken: z.array(z.object({ startsAt: moment, endsAt: moment })),
});
export type Availability = z.infer<typeof availabilitySchema>;

/** GET /api/listings/:kind/:slug/mine: what the signed-in person has to do with a listing. */
export const listingOfMineSchema = z.object({
  isOwner: z.boolean(),
  favorite: z.boolean(),
  /** The number of the booking by which they take part in an event. */
  participation: rowId.nullable(),
  review: z
    .object({
      rating: z.number().int(),
      text: z.string(),
      moderationStatus: z.enum(reviewStatuses),
      reason: z.string().nullable(),
    })
    .nullable(),
  claimWaits: z.boolean(),
});
export type ListingOfMine = z.infer<typeof listingOfMineSchema>;

const listingOfRow = z.object({ ...listingRef, title: z.string(), slug: z.string() });

/** GET /api/account/bookings: one's own and those of one's listings, the newest first. */
export const ownBookingsSchema = z.object({
  items: z.array(
    bookingSchema.extend({
      listing: listingOfRow,
      /** What the reader is to it. */
      as: z.enum(['client', 'owner']),
      /** The other party; null of a blocked time. */
      otherName: z.string().nullable(),
    }),
  ),
});
export type OwnBookings = z.infer<typeof ownBookingsSchema>;

/** GET /api/account/favorites: the newest first; only what is public. */
export const ownFavoritesSchema = z.object({
  items: z.array(z.object({ listing: listingOfRow, savedAt: moment })),
});
export type OwnFavorites = z.infer<typeof ownFavoritesSchema>;

/** POST /api/messages: a client begins or goes on; an owner answers the client named. */
export const messageRequestSchema = z.object({
  ...listingRef,
  clientId: rowId.optional(),
  text: plainText(1, 4_000),
  form,
});
export const messageAnswerSchema = z.object({ id: rowId, conversationId: z.string() });

/** GET /api/account/messages: one's conversations, the latest first. */
export const conversationsSchema = z.object({
  items: z.array(
    z.object({
      conversationId: z.string(),
      listing: listingOfRow,
      as: z.enum(['client', 'owner']),
      otherName: z.string(),
      otherAvatarUrl: z.url().nullable().default(null),
      /** Has the reader blocked the other? */
      isBlocked: z.boolean().default(false),
      lastText: z.string(),
      lastAt: moment,
      unread: z.number().int(),
    }),
  ),
});
export type Conversations = z.infer<typeof conversationsSchema>;

/** GET /api/account/messages/:conversationId, the oldest first; POST …/read marks what came in as read. */
export const conversationMessagesSchema = z.object({
  /** What it is about, and with whom; `clientId` is whom the owner answers. */
  conversation: z.object({
    listing: listingOfRow.extend({ isLive: z.boolean() }),
    clientId: rowId,
    as: z.enum(['client', 'owner']),
    otherName: z.string(),
    /** Null where the account is gone. */
    otherId: rowId.nullable().default(null),
    otherAvatarUrl: z.url().nullable().default(null),
    isBlocked: z.boolean().default(false),
  }),
  items: z.array(
    z.object({ id: rowId, isOwn: z.boolean(), text: z.string(), sentAt: moment, readAt: moment.nullable() }),
  ),
});
export type ConversationMessages = z.infer<typeof conversationMessagesSchema>;

/** POST /api/reviews writes one's review or changes it; it waits for the moderators. */
export const reviewRequestSchema = z.object({
  ...listingRef,
  rating: z.number().int().min(1).max(5),
  text: plainText(10, 4_000),
  form,
});
/** POST /api/reviews/withdraw deletes one's review. */
export const reviewWithdrawalSchema = z.object(listingRef);
export const reviewAnswerSchema = z.object({ id: rowId, moderationStatus: z.enum(reviewStatuses) });

export const reviewOrders = ['newest', 'highest', 'lowest'] as const;
export type ReviewOrder = (typeof reviewOrders)[number];
/** GET /api/listings/:kind/:slug/reviews, of equal stars the newest first. */
export const reviewsQuerySchema = z.object({
  page: z.coerce.number().int().min(1).max(1_000).default(1),
  sort: z.enum(reviewOrders).default('newest'),
});
export const listingReviewsSchema = z.object({
  items: z.array(
    z.object({
      id: rowId,
      authorName: z.string(),
      authorAvatarUrl: z.url().nullable().default(null),
      rating: z.number().int().min(1).max(5),
      text: z.string(),
      verified: z.boolean(),
      writtenAt: moment,
    }),
  ),
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  /** How many gave one star, two … five. */
  distribution: z.tuple([count, count, count, count, count]),
});
export type ListingReviews = z.infer<typeof listingReviewsSchema>;

/** POST /api/claims */
export const claimRequestSchema = z.object({ ...listingRef, text: plainText(20, 4_000), form });
/** POST /api/claims/accept, with the token of an invitation. */
export const claimAcceptSchema = z.object({ token: z.string().min(16).max(512) });

/** POST /api/verifications */
export const verificationRequestSchema = z.object({
  legalName: plainLine(2, 120),
  text: plainText(0, 4_000).default(''),
  website: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
  form,
});

/** POST /api/contact, signed in or not. */
export const contactSchema = z.object({
  name: displayNameSchema,
  email: emailSchema,
  subject: plainLine(3, 150),
  message: plainText(10, 5_000),
  form,
});

const reported = { reason: reportReasonSchema, details: plainText(0, 4_000).default(''), form };

/** POST /api/report, signed in or not; a message only by its reader. */
export const reportSchema = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('listing'), ...listingRef, ...reported }),
  z.object({ subject: z.literal('review'), reviewId: rowId, ...reported }),
  z.object({ subject: z.literal('profile'), userId: rowId, ...reported }),
  z.object({ subject: z.literal('message'), messageId: rowId, ...reported }),
  z.object({ subject: z.literal('other'), ...reported }),
]);
export type ReportRequest = z.output<typeof reportSchema>;

const optIns = z.object(
  Object.fromEntries(optionalCategories.map((category) => [category, z.boolean()])) as Record<
    OptionalCategory,
    z.ZodBoolean
  >,
);

/** GET /api/account/settings, beside what GET /api/account tells. */
export const accountSettingsSchema = z.object({
  verification: z.enum(['none', 'pending', 'verified', 'rejected']),
  /** Waits for its confirmation. */
  pendingEmail: z.string().nullable(),
  notifications: optIns,
  /** The latest request to be verified, with what staff have said to it. */
  verificationRequest: z
    .object({
      status: z.enum(verificationRequestStatuses),
      reason: z.string(),
      askedAt: moment,
      decidedAt: moment.nullable(),
    })
    .nullable()
    .default(null),
});
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

/** POST /api/account/profile: what is not named stays. Staff roles are neither taken nor given back so. */
export const profileChangeSchema = z.object({
  displayName: displayNameSchema.optional(),
  bio: plainText(0, MAX_BIO_LENGTH).optional(),
  locale: localeSchema.optional(),
  roles: z.array(z.enum(selfGrantableRoles)).max(4).optional(),
  notifications: optIns.optional(),
});
export type ProfileChange = z.infer<typeof profileChangeSchema>;

const password = z.string().min(1).max(128);
/** POST /api/account/password: every other session ends. */
export const passwordChangeSchema = z.object({ password, newPassword: passwordSchema });
/** POST /api/account/email: answers 202 whether or not the address has an account. */
export const emailChangeSchema = z.object({ email: emailSchema, password });
/** POST /api/account/email/confirm */
export const emailConfirmSchema = z.object({ token: z.string().min(16).max(512) });
/** POST /api/account/delete */
export const accountDeleteSchema = z.object({ password });
