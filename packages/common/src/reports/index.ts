import { z } from 'zod';

/** Why something is reported. */
export const reportReasons = ['spam', 'misleading', 'offensive', 'fraud', 'illegal', 'other'] as const;
export const reportReasonSchema = z.enum(reportReasons);
export type ReportReason = (typeof reportReasons)[number];

/** What can be reported. A listing and a profile have notifications of their own. */
export const reportSubjects = ['listing', 'profile', 'review', 'message', 'other'] as const;
export const reportSubjectSchema = z.enum(reportSubjects);
export type ReportSubject = (typeof reportSubjects)[number];
