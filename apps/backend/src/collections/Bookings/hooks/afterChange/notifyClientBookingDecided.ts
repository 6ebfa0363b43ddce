import type { CollectionAfterChangeHook } from 'payload';
import type { Booking } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { bookingInMail } from '../../bookingInMail';
import { wasConfirmed, wasDeclined } from '../../decisions';

/** The client hears what the owner decided. */
export const notifyClientBookingDecided: CollectionAfterChangeHook<Booking> = async ({ doc, previousDoc, req }) => {
  const clientId = idOf(doc.client);
  const confirmed = wasConfirmed(previousDoc, doc);
  if (clientId === null || !(confirmed || wasDeclined(previousDoc, doc))) return doc;
  const booking = await bookingInMail(await sqlOfRequest(req), doc);
  if (!booking) return doc;
  if (confirmed) await enqueueNotification('booking.confirmed', { clientId, booking }, { req, once: [doc.id] });
  else {
    await enqueueNotification(
      'booking.declined',
      { clientId, booking, reason: doc.reason ?? '' },
      { req, once: [doc.id] },
    );
  }
  return doc;
};
