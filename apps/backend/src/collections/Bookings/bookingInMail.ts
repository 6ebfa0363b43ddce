import type { BookingInMail } from '@convene/common/notifications';
import type { SqlExecutor } from '@convene/coordination';
import type { Booking } from '../../payload-types';
import { findListing, inMail } from '../Listings/findListing';
import { listingRefOf } from '../Listings/listingRef';

/** The booking as its mails name it; null where its listing is gone. */
export const bookingInMail = async (sql: SqlExecutor, booking: Booking): Promise<BookingInMail | null> => {
  const listing = await findListing(sql, listingRefOf(booking));
  if (!listing) return null;
  return {
    id: booking.id,
    listing: inMail(listing),
    period: { startsAt: booking.startsAt, endsAt: booking.endsAt, timeZone: booking.timeZone },
    seats: booking.type === 'participation' ? booking.seats : null,
  };
};
