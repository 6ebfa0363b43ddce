import { ConveneError } from '@convene/common/errors';
import type { ListingKind } from '@convene/common/listings';
import type { Refusal } from '@convene/common/market';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest, RequiredDataFromCollectionSlug } from 'payload';
import type { Booking, User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { isUniqueViolation, violatedConstraint } from '../../utils/postgresErrors';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { requireUnblocked } from '../Blocks/blocks';
import { findListing, type ListingFacts } from '../Listings/findListing';
import { priceOf } from './price';

export type BookingInput = {
  kind: ListingKind;
  listingId: number;
  /** Of a location or a service; an event has times of its own. */
  startsAt?: Date | undefined;
  endsAt?: Date | undefined;
  seats: number;
  note?: string | undefined;
};

type NewBooking = RequiredDataFromCollectionSlug<'bookings'>;

const conflict = (reason: Refusal, message: string, cause?: unknown) =>
  new ConveneError('conflict', message, { reason, cause });

const conflicts: Record<string, [Refusal, string]> = {
  bookings_capacity: ['no-seats', 'There are not so many free seats any more.'],
  bookings_no_overlap: ['time-taken', 'That time is taken.'],
};

/** What Postgres refuses is a conflict that the person can be told of; everything else is an error as before. */
export const asConflict = (error: unknown, req: PayloadRequest): unknown => {
  if (isUniqueViolation(error, req)) return conflict('takes-part', 'You take part in this event already.');
  const refusal = conflicts[violatedConstraint(error) ?? ''];
  return refusal ? conflict(...refusal, error) : error;
};

const create = async (req: PayloadRequest, data: NewBooking): Promise<Booking> => {
  try {
    return await req.payload.create({ collection: 'bookings', data, req, overrideAccess: true, depth: 0 });
  } catch (error) {
    throw asConflict(error, req);
  }
};

const bookable = async (
  sql: SqlExecutor,
  { kind, listingId }: Pick<BookingInput, 'kind' | 'listingId'>,
): Promise<ListingFacts> => {
  // Held to the end, as the seats' trigger does anyway: who cancels or moves the event waits, or is seen here.
  if (kind === 'events') await sql.query('SELECT FROM events WHERE id = $1 FOR NO KEY UPDATE', [listingId]);
  const listing = await findListing(sql, { kind, id: listingId });
  if (!listing?.isLive) throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
  return listing;
};

/** When the seats are for; refuses an event that has begun or won't take place. */
const participation = (listing: ListingFacts, now: Date): { startsAt: Date; endsAt: Date } => {
  const { event } = listing;
  if (!event || event.cancelledAt) throw conflict('event-off', 'This event does not take place.');
  const times = { startsAt: new Date(event.startsAt), endsAt: new Date(event.endsAt) };
  if (now >= times.startsAt) throw conflict('event-begun', 'This event has begun.');
  return times;
};

/** The time that is asked for, checked; Postgres has the last word on whether it is free. */
const stay = async (
  sql: SqlExecutor,
  { input, clientId, now }: { input: BookingInput; clientId: number | null; now: Date },
): Promise<{ startsAt: Date; endsAt: Date }> => {
  const { kind, listingId, startsAt, endsAt } = input;
  if (!startsAt || !endsAt || endsAt <= startsAt) {
    throw new ConveneError('invalid-input', 'From when to when?', {
      issues: [{ path: 'endsAt', message: 'must come after startsAt' }],
    });
  }
  if (startsAt < now) {
    throw new ConveneError('invalid-input', 'That time has passed.', {
      reason: 'time-passed',
      issues: [{ path: 'startsAt', message: 'must not have passed' }],
    });
  }
  const { rows } = await sql.query<{ isOwn: boolean }>(
    `SELECT status = 'requested' AS "isOwn" FROM bookings
     WHERE kind = $1 AND listing_id = $2 AND type <> 'participation'
       AND (status = 'confirmed' OR (status = 'requested' AND client_id = $5::int))
       AND tstzrange(starts_at, ends_at) && tstzrange($3::timestamptz, $4::timestamptz)
     ORDER BY status = 'requested' LIMIT 1`,
    [kind, listingId, startsAt.toISOString(), endsAt.toISOString(), clientId],
  );
  const [met] = rows;
  if (met?.isOwn) throw conflict('waits', 'You have asked for that time already.');
  if (met) throw conflict('time-taken', 'That time is taken.');
  return { startsAt, endsAt };
};

/**
 * Books for this person: seats of an event, confirmed at once, or a time at a location or of a service, which its owner
 * then decides about.
 *
 * @throws ConveneError not-found, forbidden, invalid-input or conflict
 */
export const book = ({
  req,
  user,
  input,
  now = new Date(),
}: {
  req: PayloadRequest;
  user: User;
  input: BookingInput;
  now?: Date;
}): Promise<Booking> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const listing = await bookable(sql, input);
    if (listing.ownerId === null) throw conflict('nobody-answers', 'Nobody takes bookings for this listing yet.');
    if (listing.ownerId === user.id)
      throw new ConveneError('forbidden', 'This listing is your own.', { reason: 'own-listing' });
    await requireUnblocked(sql, { userId: user.id, otherId: listing.ownerId });
    const isEvent = input.kind === 'events';
    const times = isEvent ? participation(listing, now) : await stay(sql, { input, clientId: user.id, now });
    return create(req, {
      kind: input.kind,
      listingId: input.listingId,
      type: isEvent ? 'participation' : 'stay',
      status: isEvent ? 'confirmed' : 'requested',
      client: user.id,
      owner: listing.ownerId,
      seats: input.seats,
      startsAt: times.startsAt.toISOString(),
      endsAt: times.endsAt.toISOString(),
      timeZone: listing.timeZone,
      price: priceOf(listing.price, { ...times, seats: input.seats }),
      note: input.note ?? null,
    });
  });

/**
 * Keeps a time of the person's own location or service free of bookings.
 *
 * @throws ConveneError not-found, forbidden, invalid-input or conflict
 */
export const blockTime = ({
  req,
  user,
  input,
  now = new Date(),
}: {
  req: PayloadRequest;
  user: User;
  input: BookingInput;
  now?: Date;
}): Promise<Booking> =>
  inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const listing = await findListing(sql, { kind: input.kind, id: input.listingId });
    if (!listing || listing.ownerId !== user.id) {
      throw new ConveneError('not-found', 'You have no such listing.');
    }
    if (input.kind === 'events') throw new ConveneError('invalid-input', 'An event has seats, not free times.');
    const times = await stay(sql, { input, clientId: null, now });
    return create(req, {
      kind: input.kind,
      listingId: input.listingId,
      type: 'block',
      status: 'confirmed',
      owner: user.id,
      seats: 1,
      startsAt: times.startsAt.toISOString(),
      endsAt: times.endsAt.toISOString(),
      timeZone: listing.timeZone,
      note: input.note ?? null,
    });
  });

/**
 * Moves a booking on, in the name of this person.
 *
 * @throws ConveneError not-found for who is no party of it, conflict where the state machine or Postgres refuses
 */
export const moveBooking = ({
  req,
  id,
  to,
  reason,
}: {
  req: PayloadRequest;
  id: number;
  to: 'confirmed' | 'declined' | 'cancelled';
  reason?: string | undefined;
}): Promise<Booking> =>
  inTransaction(req, async () => {
    const { docs } = await req.payload.find({
      collection: 'bookings',
      where: { id: { equals: id } },
      limit: 1,
      depth: 0,
      req,
      overrideAccess: false,
      user: req.user,
    });
    if (!docs[0]) throw new ConveneError('not-found', 'There is no such booking.');
    try {
      return await req.payload.update({
        collection: 'bookings',
        id,
        data: { status: to, reason: reason ?? null },
        req,
        overrideAccess: true,
        depth: 0,
      });
    } catch (error) {
      throw asConflict(error, req);
    }
  });
