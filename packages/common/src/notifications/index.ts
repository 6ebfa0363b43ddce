import { z } from 'zod';
import { listingKindSchema, roleSchema } from '../listings/index';
import { listingIdSchema } from '../metrics/index';

/** What a person may switch off, and what they may not: `account` and `staff` mails are always sent. */
export const notificationCategories = [
  'account',
  'listings',
  'messages',
  'reviews',
  'bookings',
  'reminders',
  'statistics',
  'staff',
] as const;
export type NotificationCategory = (typeof notificationCategories)[number];

/** The categories that a person can opt out of. */
export const optionalCategories = [
  'listings',
  'messages',
  'reviews',
  'bookings',
  'reminders',
  'statistics',
] as const satisfies NotificationCategory[];

/** Security mails go before digests: a lower number is sent first. */
export const sendPriorities = { security: 1, ordinary: 5, bulk: 10 } as const;
export type SendPriority = keyof typeof sendPriorities;

/** Every notification of the product with its category. */
export const notificationTypes = {
  'user.welcome': 'account',
  'user.welcome.client': 'account',
  'user.welcome.host': 'account',
  'user.welcome.organizer': 'account',
  'user.welcome.provider': 'account',
  'user.signup.existing': 'account',
  'user.reset.start': 'account',
  'user.reset.confirmed': 'account',
  'message.new': 'messages',
  'listing.approved': 'listings',
  'listing.rejected': 'listings',
  'listing.finished': 'listings',
  'listing.recommended': 'listings',
  'listing.search-stats': 'statistics',
  'listing.view-stats': 'statistics',
  'listing.claim.invitation': 'listings',
  'account.verified': 'account',
  'account.verification-rejected': 'account',
  'account.deleted': 'account',
  'listing.favorited': 'statistics',
  'review.new': 'reviews',
  'review.approved': 'reviews',
  'review.rejected': 'reviews',
  'event.reminder.24h': 'reminders',
  'event.participation.confirmed': 'bookings',
  'event.participation.reminder': 'reminders',
  'admin.listing.pending': 'staff',
  'admin.review.pending': 'staff',
  'admin.claim.pending': 'staff',
  'admin.user.new': 'staff',
  'admin.report.new': 'staff',
  'admin.listing.report': 'staff',
  'admin.profile.report': 'staff',
  'admin.password.changed': 'staff',
  'admin.verification.request': 'staff',
  'admin.digest.daily': 'staff',
  'admin.contact': 'staff',
  'claim.approved': 'listings',
  'claim.rejected': 'listings',
} as const satisfies Record<string, NotificationCategory>;

export type NotificationName = keyof typeof notificationTypes;

const userId = z.number().int().positive();
const token = z.string().min(16).max(512);
const toUser = z.object({ userId });

/** A listing as a mail names it: frozen when the event happened, so that a retry renders the same mail. */
export const listingInMailSchema = z.object({
  kind: listingKindSchema,
  id: listingIdSchema,
  title: z.string().min(1).max(200),
  slug: z.string().min(1).max(200),
});
export type ListingInMail = z.infer<typeof listingInMailSchema>;

/**
 * The payload of every notification that has a producer. The worker's registry has an entry for exactly these;
 * a type that is missing on either side does not compile.
 */
export const notificationSchemas = {
  /** Confirm your address. */
  'user.welcome': toUser.extend({ token }),
  'user.welcome.client': toUser,
  'user.welcome.host': toUser,
  'user.welcome.organizer': toUser,
  'user.welcome.provider': toUser,
  /** Someone signed up with an address that has an account. */
  'user.signup.existing': toUser,
  'user.reset.start': toUser.extend({ token }),
  'user.reset.confirmed': toUser,
  'listing.approved': z.object({ ownerId: userId, listing: listingInMailSchema }),
  'listing.rejected': z.object({ ownerId: userId, listing: listingInMailSchema, reason: z.string().max(2_000) }),
  'admin.listing.pending': z.object({
    ownerId: userId,
    ownerName: z.string().max(200),
    listing: listingInMailSchema,
  }),
  'admin.user.new': toUser.extend({ displayName: z.string().max(200), roles: z.array(roleSchema) }),
} as const satisfies Partial<Record<NotificationName, z.ZodType>>;

export type NotificationType = keyof typeof notificationSchemas;
export type NotificationPayload<Type extends NotificationType> = z.infer<(typeof notificationSchemas)[Type]>;

export const isNotificationType = (value: string): value is NotificationType =>
  Object.hasOwn(notificationSchemas, value);

/** The states of a row of the notification outbox; the last five are final and only the worker sets them. */
export const outboxStatuses = ['pending', 'relayed', 'sent', 'suppressed', 'dead', 'discarded', 'uncertain'] as const;
export type OutboxStatus = (typeof outboxStatuses)[number];

/** The outcomes of one mail to one recipient. `attempting` is written before the provider is called. */
export const deliveryStatuses = [
  'attempting',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'suppressed',
  'uncertain',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];
