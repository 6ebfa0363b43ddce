import type { ModerationStatus } from '@convene/common/listings';

export type ModerationRequest = {
  /** The state that the save asks for; undefined where it says nothing. */
  asked: ModerationStatus | undefined;
  /** Did the save mean to publish rather than to keep a draft? */
  publishes: boolean;
  byStaff: boolean;
};

export type ModerationDecision = { status: ModerationStatus; versionStatus: 'draft' | 'published' };

/**
 * What a save makes of a listing; null where it leaves the state alone.
 *
 * Publishing is an owner's way to ask for approval; any other edit of theirs is a draft, beside the live version, until
 * that is approved. Staff decide: approving publishes, publishing approves, and anything else stays a draft.
 */
export const decideModeration = ({ asked, publishes, byStaff }: ModerationRequest): ModerationDecision | null => {
  if (!byStaff) return { status: publishes || asked === 'pending' ? 'pending' : 'draft', versionStatus: 'draft' };
  if (asked === 'rejected') return { status: 'rejected', versionStatus: 'draft' };
  if (asked === 'approved' || publishes) return { status: 'approved', versionStatus: 'published' };
  return asked ? { status: asked, versionStatus: 'draft' } : null;
};
