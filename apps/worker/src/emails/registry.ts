import { issuesOf, type NotificationPayload, type NotificationType, notificationSchemas } from '@convene/common';
import type { z } from 'zod';
import { AdminListingPending } from './AdminListingPending';
import { AdminUserNew } from './AdminUserNew';
import { ListingApproved } from './ListingApproved';
import { ListingRejected } from './ListingRejected';
import { safeTitle } from './safeText';
import type { EmailRegistry, MailAudience } from './types';
import { UserResetConfirmed } from './UserResetConfirmed';
import { UserResetStart } from './UserResetStart';
import { UserSignupExisting } from './UserSignupExisting';
import { UserWelcome } from './UserWelcome';
import { UserWelcomeClient } from './UserWelcomeClient';
import { UserWelcomeHost } from './UserWelcomeHost';
import { UserWelcomeOrganizer } from './UserWelcomeOrganizer';
import { UserWelcomeProvider } from './UserWelcomeProvider';

const theUser = ({ userId }: { userId: number }): MailAudience => ({ audience: 'user', userId });
const theOwner = ({ ownerId }: { ownerId: number }): MailAudience => ({ audience: 'user', userId: ownerId });
const staff = (): MailAudience => ({ audience: 'staff' });

const sampleToken = 'sample-token-that-leads-nowhere';
const sampleListing = {
  kind: 'locations',
  id: 12,
  title: 'The Glass House by the Lake',
  slug: 'the-glass-house-by-the-lake',
} as const;

const entries = {
  'user.welcome': {
    recipients: theUser,
    subject: ({ texts }) => texts.welcome.subject,
    preheader: ({ texts }) => texts.welcome.preheader,
    template: UserWelcome,
    why: 'address',
    tags: { category: 'account' },
    sample: { userId: 1, token: sampleToken },
  },
  'user.welcome.client': {
    recipients: theUser,
    subject: ({ texts }) => texts.welcomeClient.subject,
    preheader: ({ texts }) => texts.welcomeClient.preheader,
    template: UserWelcomeClient,
    why: 'account',
    tags: { category: 'account' },
    sample: { userId: 1 },
  },
  'user.welcome.host': {
    recipients: theUser,
    subject: ({ texts }) => texts.welcomeHost.subject,
    preheader: ({ texts }) => texts.welcomeHost.preheader,
    template: UserWelcomeHost,
    why: 'account',
    tags: { category: 'account' },
    sample: { userId: 1 },
  },
  'user.welcome.organizer': {
    recipients: theUser,
    subject: ({ texts }) => texts.welcomeOrganizer.subject,
    preheader: ({ texts }) => texts.welcomeOrganizer.preheader,
    template: UserWelcomeOrganizer,
    why: 'account',
    tags: { category: 'account' },
    sample: { userId: 1 },
  },
  'user.welcome.provider': {
    recipients: theUser,
    subject: ({ texts }) => texts.welcomeProvider.subject,
    preheader: ({ texts }) => texts.welcomeProvider.preheader,
    template: UserWelcomeProvider,
    why: 'account',
    tags: { category: 'account' },
    sample: { userId: 1 },
  },
  'user.signup.existing': {
    recipients: theUser,
    subject: ({ texts }) => texts.signupExisting.subject,
    preheader: ({ texts }) => texts.signupExisting.preheader,
    template: UserSignupExisting,
    why: 'address',
    tags: { category: 'account' },
    sample: { userId: 1 },
  },
  'user.reset.start': {
    recipients: theUser,
    subject: ({ texts }) => texts.resetStart.subject,
    preheader: ({ texts }) => texts.resetStart.preheader,
    template: UserResetStart,
    why: 'account',
    tags: { category: 'account' },
    sample: { userId: 1, token: sampleToken },
  },
  'user.reset.confirmed': {
    recipients: theUser,
    subject: ({ texts }) => texts.resetConfirmed.subject,
    preheader: ({ texts }) => texts.resetConfirmed.preheader,
    template: UserResetConfirmed,
    why: 'account',
    tags: { category: 'account' },
    sample: { userId: 1 },
  },
  'listing.approved': {
    recipients: theOwner,
    subject: ({ texts, payload }) => texts.listingApproved.subject(payload.listing.title),
    preheader: ({ texts, payload }) => texts.listingApproved.preheader(payload.listing.kind),
    template: ListingApproved,
    why: 'listing',
    tags: { category: 'listings' },
    sample: { ownerId: 1, listing: sampleListing },
  },
  'listing.rejected': {
    recipients: theOwner,
    subject: ({ texts, payload }) => texts.listingRejected.subject(payload.listing.title),
    preheader: ({ texts, payload }) => texts.listingRejected.preheader(payload.listing.kind),
    template: ListingRejected,
    why: 'listing',
    tags: { category: 'listings' },
    sample: {
      ownerId: 1,
      listing: sampleListing,
      reason: 'The photos show another place than the description.\nPlease add at least one of the main hall.',
    },
  },
  'admin.listing.pending': {
    recipients: staff,
    subject: ({ texts, payload }) => texts.adminListingPending.subject(payload.listing.kind, payload.listing.title),
    preheader: ({ texts, payload }) => texts.adminListingPending.preheader(safeTitle(payload.ownerName)),
    template: AdminListingPending,
    why: 'staff',
    tags: { category: 'staff' },
    sample: { ownerId: 1, ownerName: 'Ana Popescu', listing: sampleListing },
  },
  'admin.user.new': {
    recipients: staff,
    subject: ({ texts, payload }) => texts.adminUserNew.subject(payload.displayName),
    preheader: ({ texts }) => texts.adminUserNew.preheader,
    template: AdminUserNew,
    why: 'staff',
    tags: { category: 'staff' },
    sample: { userId: 1, displayName: 'Ana Popescu', roles: ['client', 'host'] },
  },
} satisfies EmailRegistry;

/** Every type's mail: a type that is missing here, or has no schema, does not compile. */
export const emailRegistry: EmailRegistry = entries;

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
