import { type OwnBookings, ownBookingsSchema } from '@convene/common/api';
import type { SqlExecutor } from '@convene/coordination';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account/bookings */
export const ownBookings: RouteHandler = async (request) => {
  const user = await requireUser(request);
  return jsonAnswer(await readOwnBookings(getPool(), user.id));
};

/** One's own and those of one's listings: what waits first, then where one goes, then the newest; those of listings in the bin are left out. */
export const readOwnBookings = async (sql: SqlExecutor, userId: number): Promise<OwnBookings> => {
  const { rows } = await sql.query<{ item: unknown }>(
    `SELECT jsonb_build_object(
       'id', booking.id, 'kind', booking.kind, 'listingId', booking.listing_id, 'type', booking.type,
       'status', booking.status, 'seats', booking.seats, 'startsAt', booking.starts_at, 'endsAt', booking.ends_at,
       'timeZone', booking.time_zone,
       'price', jsonb_build_object('amountMinor', booking.price_amount_minor, 'currency', booking.price_currency,
                                   'unit', booking.price_unit, 'totalMinor', booking.price_total_minor),
       'note', coalesce(booking.note, ''), 'reason', coalesce(booking.reason, ''),
       'listing', jsonb_build_object('kind', listing.kind, 'listingId', listing.id, 'title', listing.title, 'slug', listing.slug),
       'as', CASE WHEN booking.client_id = $1 THEN 'client' ELSE 'owner' END,
       'otherName', other.display_name) AS item
     FROM bookings AS booking
     JOIN worker_listings AS listing ON listing.kind = booking.kind AND listing.id = booking.listing_id::int
     LEFT JOIN users AS other
       ON other.id = CASE WHEN booking.client_id = $1 THEN booking.owner_id ELSE booking.client_id END
     WHERE booking.client_id = $1 OR booking.owner_id = $1
     ORDER BY (booking.status = 'requested' AND booking.ends_at > now()) DESC,
              (booking.client_id IS NOT DISTINCT FROM $1 AND booking.status = 'confirmed' AND booking.ends_at > now()) DESC,
              booking.created_at DESC, booking.id DESC LIMIT 200`,
    [userId],
  );
  return ownBookingsSchema.parse({ items: rows.map(({ item }) => item) });
};
