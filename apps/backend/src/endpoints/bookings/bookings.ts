import {
  type BookingAnswer,
  blockRequestSchema,
  bookingCancelSchema,
  bookingDecisionSchema,
  bookingRequestSchema,
  bookingSchema,
} from '@convene/common/api';
import { blockTime, book, moveBooking } from '../../collections/Bookings/book';
import type { Booking } from '../../payload-types';
import { type ById, idOfPath } from '../byId';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireHuman } from '../humanCheck';
import { bookingLimit } from '../limits';
import { signedIn } from '../signedIn';

export const bookingAnswer = (booking: Booking): BookingAnswer =>
  bookingSchema.parse({
    id: booking.id,
    kind: booking.kind,
    listingId: booking.listingId,
    type: booking.type,
    status: booking.status,
    seats: booking.seats,
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
    timeZone: booking.timeZone,
    price: {
      amountMinor: booking.price?.amountMinor ?? null,
      currency: booking.price?.currency ?? null,
      unit: booking.price?.unit ?? null,
      totalMinor: booking.price?.totalMinor ?? null,
    },
    note: booking.note ?? '',
    reason: booking.reason ?? '',
  });

const toDate = (moment: string | undefined): Date | undefined => (moment === undefined ? undefined : new Date(moment));

/** POST /api/bookings */
export const createBooking: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, bookingLimit);
  const { form, ...input } = await readJson(request, bookingRequestSchema);
  requireHuman(form);
  const booking = await book({
    req,
    user,
    input: { ...input, startsAt: toDate(input.startsAt), endsAt: toDate(input.endsAt) },
  });
  return jsonAnswer(bookingAnswer(booking), 201);
};

/** POST /api/bookings/block */
export const createBlock: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, bookingLimit);
  const input = await readJson(request, blockRequestSchema);
  const booking = await blockTime({
    req,
    user,
    input: { ...input, seats: 1, startsAt: toDate(input.startsAt), endsAt: toDate(input.endsAt) },
  });
  return jsonAnswer(bookingAnswer(booking), 201);
};

/** POST /api/bookings/:id/decide */
export const decideBooking: RouteHandler<ById> = async (request, { params }) => {
  const { req } = await signedIn(request, bookingLimit);
  const { decision, reason } = await readJson(request, bookingDecisionSchema);
  return jsonAnswer(bookingAnswer(await moveBooking({ req, id: await idOfPath(params), to: decision, reason })));
};

/** POST /api/bookings/:id/cancel */
export const cancelBooking: RouteHandler<ById> = async (request, { params }) => {
  const { req } = await signedIn(request, bookingLimit);
  const { reason } = await readJson(request, bookingCancelSchema);
  return jsonAnswer(bookingAnswer(await moveBooking({ req, id: await idOfPath(params), to: 'cancelled', reason })));
};
