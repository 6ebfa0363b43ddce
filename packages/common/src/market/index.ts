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

/** An invited claim waits for whoever holds its token, a pending one for staff. */
export const claimRequestStatuses = ['invited', 'pending', 'approved', 'rejected', 'expired'] as const;
export type ClaimRequestStatus = (typeof claimRequestStatuses)[number];

/** Of reports and contact messages. */
export const caseStatuses = ['open', 'resolved', 'dismissed'] as const;
export type CaseStatus = (typeof caseStatuses)[number];

export const verificationRequestStatuses = ['pending', 'approved', 'rejected'] as const;
export type VerificationRequestStatus = (typeof verificationRequestStatuses)[number];
