import type { BookingStatus } from '@convene/common/market';

/** In whose name a booking is moved: `system` is the clock. */
export type BookingActor = 'client' | 'owner' | 'staff' | 'system';

type Phase = 'before-end' | 'after-end';
type Step = { by: readonly BookingActor[]; when?: Phase };

/** Every step that there is; what is not here never happens. */
const steps: { [From in BookingStatus]: Partial<Record<BookingStatus, Step>> } = {
  requested: {
    confirmed: { by: ['owner', 'staff'], when: 'before-end' },
    declined: { by: ['owner', 'staff'] },
    cancelled: { by: ['client', 'staff', 'system'] },
  },
  confirmed: {
    cancelled: { by: ['client', 'owner', 'staff', 'system'], when: 'before-end' },
    completed: { by: ['owner', 'staff', 'system'], when: 'after-end' },
  },
  declined: {},
  cancelled: {},
  completed: {},
};

export type TransitionRefusal = 'no-such-step' | 'not-yours' | 'too-late' | 'too-early';

/**
 * May this person move this booking so, at this moment? Null where they may.
 *
 * @param now the moment to judge at
 */
export const refuseTransition = (
  { from, to, by, endsAt }: { from: BookingStatus; to: BookingStatus; by: BookingActor; endsAt: Date },
  now: Date,
): TransitionRefusal | null => {
  const step = steps[from][to];
  if (!step) return 'no-such-step';
  if (!step.by.includes(by)) return 'not-yours';
  const isOver = now >= endsAt;
  if (step.when === 'before-end' && isOver) return 'too-late';
  if (step.when === 'after-end' && !isOver) return 'too-early';
  return null;
};

/** What the person is told. */
export const refusalMessages = {
  'no-such-step': 'This booking can’t be changed so any more.',
  'not-yours': 'That is for the other party of this booking to decide.',
  'too-late': 'The time of this booking is over.',
  'too-early': 'The time of this booking is not over yet.',
} as const satisfies Record<TransitionRefusal, string>;
