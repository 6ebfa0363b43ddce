import { ConveneError } from '@convene/common/errors';
import type { CollectionSlug, PayloadRequest } from 'payload';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import type { DecisionInput } from './subjects';
import { lockWaiting } from './waiting';

/** The save that a decision is: the same one that staff could make by hand. */
const save = (req: PayloadRequest, { subject, kind, id, decision, reason = '' }: DecisionInput): Promise<unknown> => {
  const common = { id, req, user: req.user, overrideAccess: false, depth: 0 } as const;
  const isApproved = decision === 'approve';
  switch (subject) {
    case 'listing':
      return req.payload.update({
        ...common,
        collection: kind ?? 'locations',
        data: isApproved
          ? { moderationStatus: 'approved', rejectionReason: null }
          : { moderationStatus: 'rejected', rejectionReason: reason },
      });
    case 'review':
      return req.payload.update({
        ...common,
        collection: 'reviews',
        data: isApproved ? { moderationStatus: 'approved', reason: null } : { moderationStatus: 'rejected', reason },
      });
    case 'claim':
    case 'verification':
      return req.payload.update({
        ...common,
        collection: subject === 'claim' ? 'claims' : 'verifications',
        data: isApproved ? { status: 'approved' } : { status: 'rejected', reason },
      });
    case 'report':
    case 'contact':
      return req.payload.update({
        ...common,
        collection: collectionOf({ subject }),
        data: { status: isApproved ? 'resolved' : 'dismissed', ...(reason ? { staffNote: reason } : {}) },
      });
  }
};

const collections = {
  review: 'reviews',
  claim: 'claims',
  verification: 'verifications',
  report: 'reports',
  contact: 'contact-messages',
} as const;

export const collectionOf = ({
  subject,
  kind,
}: {
  subject: DecisionInput['subject'];
  kind?: DecisionInput['kind'];
}): CollectionSlug => (subject === 'listing' ? (kind ?? 'locations') : collections[subject]);

/** Where an answer was lost on its way, one's own click was the first. */
const saidOf = ({ name, action, isOwn }: { name: string; action: string; isOwn: boolean }): string => {
  const done = action === 'deleted-for-good' ? 'deleted' : action;
  return isOwn ? `You have ${done} this already.` : `${name} was faster: this is ${done} already.`;
};

/** "Mo Moderator has approved this already." Who it was is no secret among staff. */
const decidedAlready = async (req: PayloadRequest, input: DecisionInput): Promise<ConveneError> => {
  const sql = await sqlOfRequest(req);
  const { rows } = await sql.query<{ by: number; name: string; action: string }>(
    `SELECT actor_id::int AS by, actor_name AS name, action FROM audit_log
     WHERE subject_collection = $1 AND subject_id = $2
       AND action IN ('approved', 'rejected', 'resolved', 'dismissed', 'deleted', 'deleted-for-good')
     ORDER BY at DESC, id DESC LIMIT 1`,
    [collectionOf(input), String(input.id)],
  );
  const last = rows[0];
  const message = last
    ? saidOf({ ...last, isOwn: last.by === req.user?.id })
    : 'This does not wait any more: it was decided, changed or deleted meanwhile.';
  return new ConveneError('conflict', message, { reason: 'decided' });
};

/**
 * Decides about what waits, as an edit by hand would: by the same access, rules and mails, in one transaction with the
 * record of it.
 *
 * @throws ConveneError conflict where somebody else has decided already, or it is not what was seen any more
 */
export const decide = (req: PayloadRequest, input: DecisionInput): Promise<void> =>
  inTransaction(req, async () => {
    const waiting = await lockWaiting(await sqlOfRequest(req), input);
    if (!waiting) throw await decidedAlready(req, input);
    if (waiting.seen !== input.seen) {
      throw new ConveneError('conflict', 'This was changed while you looked at it. Look again, please.', {
        reason: 'changed',
      });
    }
    await save(req, input);
  });
