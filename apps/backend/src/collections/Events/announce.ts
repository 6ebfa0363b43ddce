import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import { enqueueFanOut } from '../../utils/notificationsQueue';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { eventInMail, type ListingFacts } from '../Listings/findListing';
import { audienceOf } from './audience';
import { wasCalledOff, wasMoved } from './changes';

/**
 * Tells everybody who takes part in an event or has saved it what has become of it, and lets their seats follow: given
 * up with the event, moved with it. In the request's transaction.
 *
 * @param options.once what makes this change this one, see enqueueNotification
 */
export const announceChange = async (
  req: PayloadRequest,
  {
    before,
    after,
    reason = '',
    once,
  }: { before: ListingFacts | null; after: ListingFacts; reason?: string; once: (string | number)[] },
): Promise<void> => {
  const sql = await sqlOfRequest(req);
  const event = eventInMail(after);
  if (!event) return;
  if (wasCalledOff(before, after)) {
    const cancelled = (userIds: number[]) => ({ userIds, event, reason });
    await enqueueFanOut('event.cancelled', await audienceOf(sql, after.id), cancelled, { req, once });
    await cancelParticipations(sql, after.id);
  }
  const was = before && eventInMail(before);
  if (was && wasMoved(before, after)) {
    const { startsAt, endsAt, timeZone, place } = was;
    const moved = (userIds: number[]) => ({ userIds, event, before: { startsAt, endsAt, timeZone, place } });
    await enqueueFanOut('event.moved', await audienceOf(sql, after.id), moved, { req, once });
    await moveParticipations(sql, after.id);
  }
};

/** Without a mail of their own: the event's has told them. */
const cancelParticipations = async (sql: SqlExecutor, eventId: number): Promise<void> => {
  await sql.query(
    `UPDATE bookings SET status = 'cancelled', cancelled_by = 'owner', decided_at = now(), updated_at = now()
     WHERE kind = 'events' AND listing_id = $1 AND status = 'confirmed'`,
    [eventId],
  );
};

const moveParticipations = async (sql: SqlExecutor, eventId: number): Promise<void> => {
  await sql.query(
    `UPDATE bookings AS booking
     SET starts_at = event.starts_at, ends_at = event.ends_at, time_zone = event.time_zone, updated_at = now()
     FROM events AS event
     WHERE event.id = $1 AND booking.kind = 'events' AND booking.listing_id = event.id AND booking.status = 'confirmed'`,
    [eventId],
  );
};
