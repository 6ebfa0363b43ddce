import { eventCancelSchema } from '@convene/common/api';
import { callOffEvent } from '../../collections/Events/callOff';
import { type ById, idOfPath } from '../byId';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { bookingLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/events/:id/cancel, by its organizer or staff. */
export const cancelEvent: RouteHandler<ById> = async (request, { params }) => {
  const { user, req } = await signedIn(request, bookingLimit);
  const { reason } = await readJson(request, eventCancelSchema);
  await callOffEvent({ req, user, id: await idOfPath(params), reason });
  return jsonAnswer({});
};
