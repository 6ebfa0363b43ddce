import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import { isStaff } from '../../access/isStaff';
import { recordAction } from '../../audit/recordAction';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { findListing } from '../Listings/findListing';
import { announceChange } from './announce';

/**
 * Cancels a live event at once: who is on the way must not wait for a moderator, as another edit of its organizer does.
 * Written into the public version and into all others, so that a draft beside it doesn't bring the event back when it is
 * approved.
 *
 * @throws ConveneError not-found for who may not, conflict where it is over or cancelled already
 */
export const callOffEvent = ({
  req,
  user,
  id,
  reason,
  now = new Date(),
}: {
  req: PayloadRequest;
  user: User;
  id: number;
  reason: string;
  now?: Date;
}): Promise<void> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    await sql.query('SELECT FROM events WHERE id = $1 FOR UPDATE', [id]);
    const before = await findListing(sql, { kind: 'events', id });
    if (!before?.event || (before.ownerId !== user.id && !isStaff(user))) {
      throw new ConveneError('not-found', 'You have no such event.');
    }
    if (!before.isLive || before.event.cancelledAt || now >= new Date(before.event.endsAt)) {
      throw new ConveneError(
        'conflict',
        'This event can’t be cancelled: it is over, not public, or cancelled already.',
      );
    }
    const cancelledAt = now.toISOString();
    await sql.query('UPDATE events SET cancelled_at = $2, updated_at = $2 WHERE id = $1', [id, cancelledAt]);
    await sql.query('UPDATE _events_v SET version_cancelled_at = $2 WHERE parent_id = $1', [id, cancelledAt]);
    if (before.ownerId !== user.id) {
      const changes = [{ field: 'cancelledAt', from: null, to: cancelledAt }];
      const subject = { collection: 'events', id };
      await recordAction(req, { actor: user, action: 'event-cancelled', subject, changes, reason });
    }
    const after = { ...before, event: { ...before.event, cancelledAt } };
    await announceChange(req, { before, after, reason, once: [id, cancelledAt] });
  });
