import { type Availability, availabilitySchema } from '@convene/common/api';
import { ConveneError, parseInput } from '@convene/common/errors';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import { findListing } from '../../collections/Listings/findListing';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler } from '../http';

type BySlug = { kind: string; slug: string };

/** GET /api/listings/:kind/:slug/availability: free seats and taken times as they are at this moment. */
export const availability: RouteHandler<BySlug> = async (_request, { params }) => {
  const { kind: kindInUrl, slug } = await params;
  const kind = parseInput(listingKindSchema, kindInUrl, 'The kind of listing');
  return jsonAnswer(await readAvailability(getPool(), { kind, slug }));
};

/** @throws ConveneError not-found where visitors see no such listing */
export const liveListingId = async (
  sql: SqlExecutor,
  { kind, slug }: { kind: ListingKind; slug: string },
): Promise<number> => {
  const { rows } = await sql.query<{ id: number }>(
    'SELECT id FROM worker_listings WHERE kind = $1 AND slug = $2 AND is_live LIMIT 1',
    [kind, slug],
  );
  if (!rows[0]) throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
  return rows[0].id;
};

/** @throws ConveneError not-found where visitors see no such listing */
export const readAvailability = async (
  sql: SqlExecutor,
  { kind, slug }: { kind: ListingKind; slug: string },
): Promise<Availability> => {
  const id = await liveListingId(sql, { kind, slug });
  const facts = await findListing(sql, { kind, id });
  if (!facts) throw new ConveneError('not-found', 'The listing was removed just now.');
  const capacity = facts.event?.capacity ?? null;
  return availabilitySchema.parse({
    hasOwner: facts.ownerId !== null,
    timeZone: facts.timeZone,
    seatsLeft: capacity === null ? null : Math.max(0, capacity - (await takenSeats(sql, id))),
    taken: kind === 'events' ? [] : await takenTimes(sql, { kind, id }),
  });
};

const takenSeats = async (sql: SqlExecutor, eventId: number): Promise<number> => {
  const { rows } = await sql.query<{ seats: number }>(
    `SELECT coalesce(sum(seats), 0)::int AS seats FROM bookings
     WHERE kind = 'events' AND listing_id = $1 AND status IN ('confirmed', 'completed')`,
    [eventId],
  );
  return rows[0]?.seats ?? 0;
};

const takenTimes = async (sql: SqlExecutor, { kind, id }: { kind: ListingKind; id: number }): Promise<unknown> => {
  const { rows } = await sql.query<{ times: unknown }>(
    `SELECT coalesce(jsonb_agg(jsonb_build_object('startsAt', starts_at, 'endsAt', ends_at) ORDER BY starts_at), '[]') AS times
     FROM bookings
     WHERE kind = $1 AND listing_id = $2 AND status = 'confirmed' AND type <> 'participation'
       AND ends_at > now() AND starts_at < now() + interval '183 days'`,
    [kind, id],
  );
  return rows[0]?.times;
};
