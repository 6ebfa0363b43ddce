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
export type OptionalCategory = (typeof optionalCategories)[number];

export const isOptionalCategory = (category: NotificationCategory): category is OptionalCategory =>
  optionalCategories.some((optional) => optional === category);

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
  'user.email.confirm': 'account',
  'user.email.changed': 'account',
  'user.two-factor.on': 'account',
  'user.two-factor.off': 'account',
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
  'booking.requested': 'bookings',
  'booking.confirmed': 'bookings',
  'booking.declined': 'bookings',
  'booking.cancelled': 'bookings',
  'event.cancelled': 'bookings',
  'event.moved': 'bookings',
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

export type NotificationType = keyof typeof notificationTypes;

export const isNotificationType = (value: string): value is NotificationType => Object.hasOwn(notificationTypes, value);
