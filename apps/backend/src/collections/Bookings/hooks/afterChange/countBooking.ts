import type { CollectionAfterChangeHook } from 'payload';
import { isSilenced } from '../../../../notifications/silence';
import type { Booking } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { writeCounterOutbox } from '../../../Feed/counterOutbox';
import { listingRefOf } from '../../../Listings/listingRef';

/** A booking counts for its listing when it is made, once a person and day; times kept free don't. */
export const countBooking: CollectionAfterChangeHook<Booking> = async ({ doc, operation, req }) => {
  const userId = idOf(doc.client);
  if (operation !== 'create' || doc.type === 'block' || userId === null || isSilenced(req)) return doc;
  const { kind, id } = listingRefOf(doc);
  await writeCounterOutbox(await sqlOfRequest(req), { kind, listingId: id, metric: 'bookings', userId });
  return doc;
};
