import type { CollectionAfterChangeHook } from 'payload';
import type { Booking } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { eventInMail, findListing } from '../../../Listings/findListing';
import { listingRefOf } from '../../../Listings/listingRef';
import { tookPart } from '../../decisions';

/** The participant has a seat. */
export const notifyParticipationConfirmed: CollectionAfterChangeHook<Booking> = async ({ doc, previousDoc, req }) => {
  const userId = idOf(doc.client);
  if (userId === null || !tookPart(previousDoc, doc)) return doc;
  const listing = await findListing(await sqlOfRequest(req), listingRefOf(doc));
  const event = listing && eventInMail(listing);
  if (!event) return doc;
  await enqueueNotification(
    'event.participation.confirmed',
    { userId, bookingId: doc.id, event, seats: doc.seats },
    { req, once: [doc.id] },
  );
  return doc;
};
