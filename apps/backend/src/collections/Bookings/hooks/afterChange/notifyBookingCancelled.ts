import type { CollectionAfterChangeHook } from 'payload';
import type { Booking } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { nameOf } from '../../../../utils/people';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { bookingInMail } from '../../bookingInMail';
import { wasCancelled } from '../../decisions';

/** The other party hears of it; what staff cancel is for the client as if the owner had. */
export const notifyBookingCancelled: CollectionAfterChangeHook<Booking> = async ({ doc, previousDoc, req }) => {
  const clientId = idOf(doc.client);
  const ownerId = idOf(doc.owner);
  if (clientId === null || ownerId === null || !wasCancelled(previousDoc, doc)) return doc;
  const cancelledBy = doc.cancelledBy === 'client' ? 'client' : 'owner';
  const sql = await sqlOfRequest(req);
  const booking = await bookingInMail(sql, doc);
  if (!booking) return doc;
  await enqueueNotification(
    'booking.cancelled',
    {
      recipientId: cancelledBy === 'client' ? ownerId : clientId,
      booking,
      cancelledBy,
      cancelledByName: await nameOf(sql, cancelledBy === 'client' ? clientId : ownerId),
      reason: doc.reason ?? '',
    },
    { req, once: [doc.id] },
  );
  return doc;
};
