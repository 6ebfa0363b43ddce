import { issuesOf, type NotificationPayload, type NotificationType, notificationSchemas } from '@convene/common';
import type { z } from 'zod';
import { accountDeleted } from './accountDeleted';
import { accountVerificationRejected } from './accountVerificationRejected';
import { accountVerified } from './accountVerified';
import { adminClaimPending } from './adminClaimPending';
import { adminContact } from './adminContact';
import { adminDigestDaily } from './adminDigestDaily';
import { adminListingPending } from './adminListingPending';
import { adminListingReport } from './adminListingReport';
import { adminPasswordChanged } from './adminPasswordChanged';
import { adminProfileReport } from './adminProfileReport';
import { adminReportNew } from './adminReportNew';
import { adminReviewPending } from './adminReviewPending';
import { adminUserNew } from './adminUserNew';
import { adminVerificationRequest } from './adminVerificationRequest';
import { bookingCancelled } from './bookingCancelled';
import { bookingConfirmed } from './bookingConfirmed';
import { bookingDeclined } from './bookingDeclined';
import { bookingRequested } from './bookingRequested';
import { claimApproved } from './claimApproved';
import { claimRejected } from './claimRejected';
import { eventCancelled } from './eventCancelled';
import { eventMoved } from './eventMoved';
import { eventParticipationConfirmed } from './eventParticipationConfirmed';
import { eventParticipationReminder } from './eventParticipationReminder';
import { eventReminder24h } from './eventReminder24h';
import { listingApproved } from './listingApproved';
import { listingClaimInvitation } from './listingClaimInvitation';
import { listingFavorited } from './listingFavorited';
import { listingFinished } from './listingFinished';
import { listingRecommended } from './listingRecommended';
import { listingRejected } from './listingRejected';
import { listingSearchStats } from './listingSearchStats';
import { listingViewStats } from './listingViewStats';
import { messageNew } from './messageNew';
import { reviewApproved } from './reviewApproved';
import { reviewNew } from './reviewNew';
import { reviewRejected } from './reviewRejected';
import type { EmailRegistry } from './types';
import { userEmailChanged } from './userEmailChanged';
import { userEmailConfirm } from './userEmailConfirm';
import { userResetConfirmed } from './userResetConfirmed';
import { userResetStart } from './userResetStart';
import { userSignupExisting } from './userSignupExisting';
import { userTwoFactorOff } from './userTwoFactorOff';
import { userTwoFactorOn } from './userTwoFactorOn';
import { userWelcome } from './userWelcome';
import { userWelcomeClient } from './userWelcomeClient';
import { userWelcomeHost } from './userWelcomeHost';
import { userWelcomeOrganizer } from './userWelcomeOrganizer';
import { userWelcomeProvider } from './userWelcomeProvider';

/** Every type's mail: a type that is missing here, or has no schema, does not compile. */
export const emailRegistry: EmailRegistry = {
  'user.welcome': userWelcome,
  'user.welcome.client': userWelcomeClient,
  'user.welcome.host': userWelcomeHost,
  'user.welcome.organizer': userWelcomeOrganizer,
  'user.welcome.provider': userWelcomeProvider,
  'user.signup.existing': userSignupExisting,
  'user.reset.start': userResetStart,
  'user.reset.confirmed': userResetConfirmed,
  'user.email.confirm': userEmailConfirm,
  'user.email.changed': userEmailChanged,
  'user.two-factor.on': userTwoFactorOn,
  'user.two-factor.off': userTwoFactorOff,
  'message.new': messageNew,
  'listing.approved': listingApproved,
  'listing.rejected': listingRejected,
  'listing.finished': listingFinished,
  'listing.recommended': listingRecommended,
  'listing.search-stats': listingSearchStats,
  'listing.view-stats': listingViewStats,
  'listing.claim.invitation': listingClaimInvitation,
  'listing.favorited': listingFavorited,
  'account.verified': accountVerified,
  'account.verification-rejected': accountVerificationRejected,
  'account.deleted': accountDeleted,
  'review.new': reviewNew,
  'review.approved': reviewApproved,
  'review.rejected': reviewRejected,
  'booking.requested': bookingRequested,
  'booking.confirmed': bookingConfirmed,
  'booking.declined': bookingDeclined,
  'booking.cancelled': bookingCancelled,
  'event.cancelled': eventCancelled,
  'event.moved': eventMoved,
  'event.reminder.24h': eventReminder24h,
  'event.participation.confirmed': eventParticipationConfirmed,
  'event.participation.reminder': eventParticipationReminder,
  'admin.listing.pending': adminListingPending,
  'admin.review.pending': adminReviewPending,
  'admin.claim.pending': adminClaimPending,
  'admin.user.new': adminUserNew,
  'admin.report.new': adminReportNew,
  'admin.listing.report': adminListingReport,
  'admin.profile.report': adminProfileReport,
  'admin.password.changed': adminPasswordChanged,
  'admin.verification.request': adminVerificationRequest,
  'admin.digest.daily': adminDigestDaily,
  'admin.contact': adminContact,
  'claim.approved': claimApproved,
  'claim.rejected': claimRejected,
};

const schemas: { [Type in NotificationType]: z.ZodType<NotificationPayload<Type>> } = notificationSchemas;

/** A row's payload as its type demands, or what is wrong with it. */
export const parsePayload = <Type extends NotificationType>(
  type: Type,
  payload: unknown,
): { success: true; payload: NotificationPayload<Type> } | { success: false; problem: string } => {
  const parsed = schemas[type].safeParse(payload);
  if (parsed.success) return { success: true, payload: parsed.data };
  const problem = issuesOf(parsed.error)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('; ');
  return { success: false, problem };
};
