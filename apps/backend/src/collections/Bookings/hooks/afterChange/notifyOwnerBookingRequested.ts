import { excerptOf } from '@convene/common/notifications';
import type { CollectionAfterChangeHook } from 'payload';
import type { Booking } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { nameOf } from '../../../../utils/people';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { bookingInMail } from '../../bookingInMail';
import { wasRequested } from '../../decisions';

/** The owner is asked for a time. */
export const notifyOwnerBookingRequested: CollectionAfterChangeHook<Booking> = async ({ doc, previousDoc, req }) => {
  const ownerId = idOf(doc.owner);
  const clientId = idOf(doc.client);
  if (ownerId === null || clientId === null || !wasRequested(previousDoc, doc)) return doc;
  const sql = await sqlOfRequest(req);
  const booking = await bookingInMail(sql, doc);
  if (!booking) return doc;
  await enqueueNotification(
    'booking.requested',
    { ownerId, booking, clientName: await nameOf(sql, clientId), note: excerptOf(doc.note ?? '') },
    { req, once: [doc.id] },
  );
  return doc;
};
