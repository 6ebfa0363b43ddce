import type { SqlExecutor } from '@convene/coordination';
import type { CollectionAfterChangeHook } from 'payload';
import type { Event } from '../../../../payload-types';
import { enqueueFanOut } from '../../../../utils/notificationsQueue';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { eventInMail, findListing } from '../../../Listings/findListing';
import { audienceOf } from '../../audience';
import { wasCalledOff, wasMoved } from '../../changes';
import { liveBefore } from '../liveBefore';

/** Whoever takes part in an event or has saved it hears that it is cancelled or moved; their seats follow it. */
export const notifyEventChanged: CollectionAfterChangeHook<Event> = async ({ doc, operation, req }) => {
  if (operation !== 'update' || doc._status !== 'published') return doc;
  const before = liveBefore(req, doc.id);
  const sql = await sqlOfRequest(req);
  const after = await findListing(sql, { kind: 'events', id: doc.id });
  const event = after && eventInMail(after);
  if (!after || !event) return doc;
  const options = { req, once: [doc.id, doc.updatedAt] };
  if (wasCalledOff(before, after)) {
    const cancelled = (userIds: number[]) => ({ userIds, event, reason: '' });
    await enqueueFanOut('event.cancelled', await audienceOf(sql, doc.id), cancelled, options);
    await cancelParticipations(sql, doc.id);
  }
  const was = before && eventInMail(before);
  if (was && wasMoved(before, after)) {
    const { startsAt, endsAt, timeZone, place } = was;
    const moved = (userIds: number[]) => ({ userIds, event, before: { startsAt, endsAt, timeZone, place } });
    await enqueueFanOut('event.moved', await audienceOf(sql, doc.id), moved, options);
    await moveParticipations(sql, doc.id);
  }
  return doc;
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
