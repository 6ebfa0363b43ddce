import { decide } from '../../dashboards/moderation/decide';
import { decisionSchema } from '../../dashboards/moderation/subjects';
import { localRequest } from '../../utils/payload';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireStaff } from '../requireStaff';

/** POST /api/moderation: one decision about what waits for staff. */
export const moderate: RouteHandler = async (request) => {
  const user = await requireStaff(request);
  const input = await readJson(request, decisionSchema);
  await decide(await localRequest(user), input);
  return jsonAnswer({});
};
