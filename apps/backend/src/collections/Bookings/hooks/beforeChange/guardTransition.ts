import { APIError, type CollectionBeforeChangeHook } from 'payload';
import { isStaff } from '../../../../access/isStaff';
import type { Booking, User } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { actorOfContext } from '../../actor';
import { type BookingActor, refusalMessages, refuseTransition } from '../../stateMachine';

/** Everything that this person is to this booking; code without a user acts for the clock. */
export const actorsOf = (user: Pick<User, 'id' | 'roles'> | null | undefined, booking: Booking): BookingActor[] => {
  if (!user) return ['system'];
  const actors: BookingActor[] = [];
  if (idOf(booking.client) === user.id) actors.push('client');
  if (idOf(booking.owner) === user.id) actors.push('owner');
  if (isStaff(user)) actors.push('staff');
  return actors;
};

/** Bookings move by the state machine alone, whoever saves them; when and by whom is written beside. */
export const guardTransition: CollectionBeforeChangeHook<Booking> = ({ data, originalDoc, operation, req }) => {
  if (operation === 'create' || !originalDoc || !data.status || data.status === originalDoc.status) return data;
  const now = new Date();
  const step = { from: originalDoc.status, to: data.status, endsAt: new Date(originalDoc.endsAt) };
  const actor = actorOfContext(req);
  const actors = actor ? [actor] : actorsOf(req.user, originalDoc);
  const tries = actors.map((by) => ({ by, refusal: refuseTransition({ ...step, by }, now) }));
  const allowed = tries.find(({ refusal }) => refusal === null);
  if (!allowed) {
    const reason = tries[0]?.refusal ?? 'not-yours';
    throw new APIError(refusalMessages[reason], 409, { reason });
  }
  return {
    ...data,
    decidedAt: now.toISOString(),
    ...(data.status === 'cancelled' ? { cancelledBy: allowed.by } : {}),
  };
};
