import { listingKinds } from '@convene/common/listings';
import { z } from 'zod';

/** What can wait for staff. */
export const subjects = ['listing', 'review', 'claim', 'verification', 'report', 'contact'] as const;
export type Subject = (typeof subjects)[number];

type Choice = {
  label: string;
  /** What is said when it is done. */
  done: string;
  /** Must, may or can't staff say why? */
  reason: 'required' | 'optional' | 'none';
  reasonLabel?: string;
  /** Often said ones, to begin with. */
  commonReasons?: readonly string[];
};

type SubjectTexts = { label: string; plural: string; approve: Choice; reject: Choice };

const approve: Choice = { label: 'Approve', done: 'Approved', reason: 'none' };
const rejecting = (...commonReasons: string[]): Choice => ({
  label: 'Reject',
  done: 'Rejected',
  reason: 'required',
  reasonLabel: 'Why? The person reads this.',
  commonReasons,
});

/** What staff can do about each, and how that is called. */
export const subjectTexts = {
  listing: {
    label: 'Listing',
    plural: 'Listings',
    approve,
    reject: rejecting(
      'The description says too little: what is it, for whom, and what does it cost?',
      'The pictures don’t show what is listed, or are not yours to use.',
      'The same listing is here already.',
      'Please leave addresses, phone numbers and links out of the description.',
      'This does not fit Convene.',
    ),
  },
  review: {
    label: 'Review',
    plural: 'Reviews',
    approve,
    reject: rejecting(
      'Please write about your own visit.',
      'Please leave insults and private matters out.',
      'This reads like an advertisement.',
    ),
  },
  claim: {
    label: 'Claim',
    plural: 'Claims',
    approve: { ...approve, label: 'Hand it over', done: 'Handed over' },
    reject: rejecting(
      'We could not see from what you wrote that this listing is yours.',
      'The listing’s own address did not answer us.',
    ),
  },
  verification: {
    label: 'Verification',
    plural: 'Verifications',
    approve: { ...approve, label: 'Verify', done: 'Verified' },
    reject: rejecting(
      'We could not find anything that shows that this is you.',
      'The name you gave and the name of the account differ.',
    ),
  },
  report: {
    label: 'Report',
    plural: 'Reports',
    approve: {
      label: 'Resolve',
      done: 'Resolved',
      reason: 'required',
      reasonLabel: 'What was done? For staff alone.',
      commonReasons: [
        'The listing was taken offline.',
        'The author was asked to change it.',
        'The account is suspended.',
      ],
    },
    reject: {
      label: 'Dismiss',
      done: 'Dismissed',
      reason: 'optional',
      reasonLabel: 'Why is nothing done? For staff alone.',
      commonReasons: ['There is nothing wrong with it.', 'Reported already.'],
    },
  },
  contact: {
    label: 'Message',
    plural: 'Messages',
    approve: { label: 'Mark answered', done: 'Marked as answered', reason: 'none' },
    reject: {
      label: 'Dismiss',
      done: 'Dismissed',
      reason: 'optional',
      reasonLabel: 'Why is it not answered? For staff alone.',
      commonReasons: ['Advertising.'],
    },
  },
} as const satisfies Record<Subject, SubjectTexts>;

export const choiceOf = (subject: Subject, decision: 'approve' | 'reject'): Choice => subjectTexts[subject][decision];

export const MAX_REASON_LENGTH = 2_000;

/** POST /api/moderation */
export const decisionSchema = z
  .object({
    subject: z.enum(subjects),
    /** Of a listing. */
    kind: z.enum(listingKinds).optional(),
    id: z.number().int().positive(),
    /** What the person saw, as the queue names it: nobody approves what has changed since. */
    seen: z.string().min(1).max(40),
    decision: z.enum(['approve', 'reject']),
    reason: z.string().trim().max(MAX_REASON_LENGTH).optional(),
  })
  .refine(({ subject, kind }) => subject !== 'listing' || kind !== undefined, {
    path: ['kind'],
    message: 'must name the kind of a listing',
  })
  .refine(({ subject, decision, reason }) => choiceOf(subject, decision).reason !== 'required' || reason, {
    path: ['reason'],
    message: 'must say why',
  });
export type DecisionInput = z.output<typeof decisionSchema>;
