import { z } from 'zod';

/* What people do with listings: the states and kinds that backend, worker and frontend share. */

export const reviewStatuses = ['pending', 'approved', 'rejected'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** `stay` takes a location or a service for a time, `participation` seats of an event, `block` is the owner's own. */
export const bookingTypes = ['stay', 'participation', 'block'] as const;
export type BookingType = (typeof bookingTypes)[number];

export const bookingStatuses = ['requested', 'confirmed', 'declined', 'cancelled', 'completed'] as const;
export const bookingStatusSchema = z.enum(bookingStatuses);
export type BookingStatus = (typeof bookingStatuses)[number];

/**
 * Why something that was well asked for can't be done, beside the error's code: the backend says it in English, the
 * site in the visitor's language.
 */
export const refusals = [
  'no-seats',
  'time-taken',
  'takes-part',
  'event-off',
  'event-begun',
  'time-passed',
  'nobody-answers',
  'own-listing',
  'claimed',
  'waits',
  'verified',
  'suspended',
  'no-such-step',
  'not-yours',
  'too-late',
  'too-early',
  'cannot-reach',
  'you-blocked',
  'role-in-use',
  'code-needed',
  'code-wrong',
  'two-factor-on',
  'two-factor-off',
  'not-an-image',
] as const;
export type Refusal = (typeof refusals)[number];

/** An invited claim waits for whoever holds its token, a pending one for staff. */
export const claimRequestStatuses = ['invited', 'pending', 'approved', 'rejected', 'expired'] as const;
export type ClaimRequestStatus = (typeof claimRequestStatuses)[number];

/** Of reports and contact messages. */
export const caseStatuses = ['open', 'resolved', 'dismissed'] as const;
export type CaseStatus = (typeof caseStatuses)[number];

export const verificationRequestStatuses = ['pending', 'approved', 'rejected'] as const;
export type VerificationRequestStatus = (typeof verificationRequestStatuses)[number];
