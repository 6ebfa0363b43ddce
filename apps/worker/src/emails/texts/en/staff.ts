import type { ListingKind, PendingSubject, ReportReason, ReportSubject } from '@convene/common';
import { shared } from './shared';
import { capitalized, count, kind, plural, withArticle } from './words';

const reason = (of: ReportReason): string => shared.reportReason[of].toLowerCase();

/** For moderators and admins. */
export const staff = {
  adminListingPending: {
    subject: (of: ListingKind, title: string) => `To moderate: ${kind[of]} “${title}”`,
    preheader: (owner: string) => `Sent in by ${owner}`,
    heading: (of: ListingKind) => `${capitalized(withArticle[of])} waits for moderation`,
  },
  adminReviewPending: {
    subject: (title: string) => `To moderate: a review of “${title}”`,
    preheader: (author: string, rating: number) => `${author} gave ${rating} of 5`,
    heading: 'A review waits for moderation',
  },
  adminClaimPending: {
    subject: (title: string) => `To decide: a claim to “${title}”`,
    preheader: (claimant: string) => `${claimant} says that it is theirs`,
    heading: 'A claim waits for a decision',
    claimant: 'Claimed by',
    evidence: 'They write:',
  },
  adminUserNew: {
    subject: (name: string) => `New account: ${name}`,
    preheader: 'Somebody signed up.',
    heading: 'A new account',
    roles: 'Roles',
  },
  adminReport: {
    subject: (of: ReportSubject, why: ReportReason) => `Report of ${shared.reportSubject[of]}: ${reason(why)}`,
    subjectOfListing: (title: string, why: ReportReason) => `Report of “${title}”: ${reason(why)}`,
    subjectOfProfile: (name: string, why: ReportReason) => `Report of the profile of ${name}: ${reason(why)}`,
    preheader: (reporter: string) => `From ${reporter}`,
    heading: (of: ReportSubject) => `${capitalized(shared.reportSubject[of])} was reported`,
    details: 'They write:',
    profile: 'Profile',
    seeListing: 'The listing in the admin:',
    seeProfile: 'The account in the admin:',
  },
  adminPasswordChanged: {
    subject: (name: string) => `The password of ${name} was changed`,
    preheader: 'It is an account of the staff.',
    heading: 'A password of the staff was changed',
    intro: 'If whoever it belongs to knows nothing of it, lock the account and look through the audit log.',
  },
  adminVerificationRequest: {
    subject: (name: string) => `To decide: verification of ${name}`,
    preheader: 'Somebody asks to be verified.',
    heading: 'Somebody asks to be verified',
    note: 'They write:',
  },
  adminContact: {
    subject: (name: string, subject: string) => (subject === '' ? `Message from ${name}` : `Message: ${subject}`),
    heading: 'A message through the contact form',
    note: 'A reply to this mail goes to whoever wrote it.',
  },
  adminDigest: {
    subject: (day: string, pending: number) =>
      pending === 0 ? `Convene on ${day}: nothing waits for you` : `Convene on ${day}: ${count(pending)} to decide`,
    preheader: (accounts: number, bookings: number) =>
      `${plural(accounts, 'new account', 'new accounts')}, ${plural(bookings, 'booking', 'bookings')}`,
    heading: 'The day at Convene',
    intro: (day: string) => `What happened on ${day} (UTC), and what waits now.`,
    pendingTitle: 'Waits for a decision',
    pending: {
      listings: 'Listings',
      reviews: 'Reviews',
      claims: 'Claims',
      reports: 'Reports',
      verifications: 'Verifications',
    },
    oldestTitle: 'Have waited longest',
    oldest: {
      listing: 'Listing',
      review: 'Review',
      claim: 'Claim',
      report: 'Report',
      verification: 'Verification',
    } satisfies Record<PendingSubject, string>,
    waitsFor: (what: string, title: string | null) => (title === null ? what : `${what}, “${title}”`),
    since: (day: string) => `since ${day}`,
    happenedTitle: 'Happened',
    happened: {
      accounts: 'New accounts',
      listings: 'Listings sent in',
      bookings: 'Bookings',
      reviews: 'Reviews',
      messages: 'Messages',
    },
    mailTitle: 'Mail and jobs',
    sent: 'Sent',
    suppressed: 'Unwanted or undeliverable',
    dead: 'Failed for good',
    uncertain: 'Outcome unknown',
    failedJobs: 'Maintenance jobs that failed',
    waiting: 'Wait now',
    waitingSince: (waiting: number, duration: string) =>
      waiting === 0 ? '0' : `${count(waiting)}, the oldest for ${duration}`,
    redisTitle: 'Redis',
    commands: 'Commands of the day',
    budget: (commands: number, limit: number, percent: number) =>
      `${count(commands)} of ${count(limit)} (${count(percent)}%)`,
    needsYou: (dead: number) =>
      `${plural(dead, 'mail has', 'mails have')} failed for good. The admin shows why, and lets you try again.`,
    button: 'Open the admin',
  },
};
