import { z } from 'zod';
import { listingKindSchema, localeSchema, moderationStatuses, roleSchema } from '../listings/index';
import {
  bookingStatusSchema,
  bookingTypes,
  caseStatuses,
  claimRequestStatuses,
  reviewStatuses,
  verificationRequestStatuses,
} from '../market/index';
import { optionalCategories } from '../notifications/categories';
import { reportReasons, reportSubjects } from '../reports/index';

/* What an account's own pages send and read: sessions, two-factor, blocked people, the export. */

const rowId = z.number().int().positive().max(2_147_483_647);
const moment = z.iso.datetime({ offset: true });
const password = z.string().min(1).max(128);
/** Six digits of an authenticator, or a recovery code. */
const secondFactor = z.string().trim().min(6).max(32);

/** In the place of a session where the account has two-factor on: what is missing is the code. */
export const codeNeededSchema = z.object({
  codeNeeded: z.literal(true),
  /** To be sent with the code; good for some minutes. */
  ticket: z.string().min(20).max(300),
  /** Seconds since 1970. */
  ticketExpiresAt: z.number().int(),
});
export type CodeNeeded = z.infer<typeof codeNeededSchema>;

/** POST /api/auth/sign-in/code */
export const signInCodeSchema = z.object({ ticket: z.string().min(20).max(300), code: secondFactor });

/** GET /api/account/sessions, the newest first. */
export const sessionsSchema = z.object({
  items: z.array(
    z.object({
      /** Is it the one that asks? */
      isCurrent: z.boolean(),
      createdAt: moment.nullable(),
      expiresAt: moment,
      /** As the browser named itself when it signed in; null where it is not known. */
      userAgent: z.string().nullable(),
    }),
  ),
});
export type Sessions = z.infer<typeof sessionsSchema>;

/** GET /api/account/two-factor */
export const twoFactorSchema = z.object({
  /** Since when signing in needs a code; null where it doesn't. */
  since: moment.nullable(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  /** May this account act as staff only once it is on? */
  isRequired: z.boolean(),
});
export type TwoFactor = z.infer<typeof twoFactorSchema>;

/** POST /api/account/two-factor/begin answers a secret, this once. */
export const twoFactorBeginSchema = z.object({ password });
export const twoFactorSecretSchema = z.object({ secret: z.string().min(16), uri: z.string().startsWith('otpauth://') });
export type TwoFactorSecret = z.infer<typeof twoFactorSecretSchema>;

/** POST /api/account/two-factor/confirm turns it on, ends every other session, and answers the recovery codes. */
export const twoFactorConfirmSchema = z.object({ code: secondFactor });
/** POST /api/account/two-factor/recovery-codes and …/off */
export const twoFactorChangeSchema = z.object({ password, code: secondFactor });
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()).min(1) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** POST /api/account/blocks and …/remove */
export const blockPersonSchema = z.object({ userId: rowId });
/** GET /api/account/blocks, the newest first. */
export const blocksSchema = z.object({
  items: z.array(z.object({ userId: rowId, displayName: z.string(), blockedAt: moment })),
});
export type Blocks = z.infer<typeof blocksSchema>;

/** POST /api/account/avatar, whose body is the image itself, and …/remove */
export const avatarAnswerSchema = z.object({ avatarUrl: z.url().nullable() });

const listingOfRow = z.object({ kind: listingKindSchema, listingId: rowId, title: z.string().nullable() });

/** The parts of GET /api/account/export, in their order; each line of an array is one of these. */
export const exportParts = {
  profile: z.object({
    id: rowId,
    email: z.string(),
    pendingEmail: z.string().nullable(),
    displayName: z.string(),
    bio: z.string().nullable(),
    avatar: z.string().nullable(),
    locale: localeSchema,
    roles: z.array(roleSchema),
    verification: z.string(),
    twoFactorSince: moment.nullable(),
    memberSince: moment,
  }),
  preferences: z.record(z.enum(optionalCategories), z.boolean()),
  sessions: z.object({ createdAt: moment.nullable(), expiresAt: moment, userAgent: z.string().nullable() }),
  listings: listingOfRow.extend({
    slug: z.string().nullable(),
    summary: z.string().nullable(),
    description: z.unknown(),
    address: z.string().nullable(),
    contact: z.object({ email: z.string().nullable(), phone: z.string().nullable(), website: z.string().nullable() }),
    /** The amount in minor units; null where it is on request. */
    price: z.object({
      amountMinor: z.number().nullable(),
      currency: z.string().nullable(),
      unit: z.string().nullable(),
    }),
    /** Addresses of its pictures, in their order. */
    gallery: z.array(z.string()),
    /** What they show, by the number of each. */
    pictureTexts: z.record(z.string(), z.string()).nullable(),
    /** Of an event. */
    times: z
      .object({ startsAt: moment.nullable(), endsAt: moment.nullable(), timeZone: z.string().nullable() })
      .nullable(),
    moderationStatus: z.enum(moderationStatuses).nullable(),
    createdAt: moment,
    updatedAt: moment,
    /** Since when it is in the bin. */
    deletedAt: moment.nullable(),
  }),
  bookings: listingOfRow.extend({
    as: z.enum(['client', 'owner']),
    otherName: z.string().nullable(),
    type: z.enum(bookingTypes),
    status: bookingStatusSchema,
    seats: z.number().nullable(),
    startsAt: moment,
    endsAt: moment,
    note: z.string().nullable(),
    reason: z.string().nullable(),
    createdAt: moment,
  }),
  reviewsWritten: listingOfRow.extend({
    rating: z.number(),
    text: z.string().nullable(),
    moderationStatus: z.enum(reviewStatuses),
    createdAt: moment,
  }),
  favorites: listingOfRow.extend({ savedAt: moment }),
  messages: listingOfRow.extend({
    isOwn: z.boolean(),
    otherName: z.string().nullable(),
    text: z.string(),
    sentAt: moment,
    readAt: moment.nullable(),
  }),
  verifications: z.object({
    legalName: z.string(),
    text: z.string().nullable(),
    website: z.string().nullable(),
    status: z.enum(verificationRequestStatuses),
    reason: z.string().nullable(),
    createdAt: moment,
  }),
  claims: listingOfRow.extend({
    text: z.string().nullable(),
    status: z.enum(claimRequestStatuses),
    reason: z.string().nullable(),
    createdAt: moment,
  }),
  reports: z.object({
    subject: z.enum(reportSubjects),
    kind: z.string().nullable(),
    subjectId: z.number().nullable(),
    reason: z.enum(reportReasons),
    details: z.string().nullable(),
    status: z.enum(caseStatuses),
    createdAt: moment,
  }),
  contactMessages: z.object({
    name: z.string(),
    email: z.string(),
    subject: z.string(),
    text: z.string(),
    status: z.enum(caseStatuses),
    createdAt: moment,
  }),
  uploads: z.object({
    url: z.string().nullable(),
    alt: z.string().nullable(),
    bytes: z.number().nullable(),
    uploadedAt: moment,
  }),
  blocked: z.object({ displayName: z.string(), blockedAt: moment }),
} as const;
export type ExportPart = keyof typeof exportParts;

/** GET /api/account/export, as it is read back. */
export const accountExportSchema = z.object({
  exportedAt: moment,
  profile: exportParts.profile,
  preferences: exportParts.preferences,
  sessions: z.array(exportParts.sessions),
  listings: z.array(exportParts.listings),
  bookings: z.array(exportParts.bookings),
  reviewsWritten: z.array(exportParts.reviewsWritten),
  favorites: z.array(exportParts.favorites),
  messages: z.array(exportParts.messages),
  verifications: z.array(exportParts.verifications),
  claims: z.array(exportParts.claims),
  reports: z.array(exportParts.reports),
  contactMessages: z.array(exportParts.contactMessages),
  uploads: z.array(exportParts.uploads),
  blocked: z.array(exportParts.blocked),
});
