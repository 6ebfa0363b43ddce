import { z } from 'zod';
import { suspendAccount, unsuspendAccount } from '../../collections/Users/suspend';
import { localRequest } from '../../utils/payload';
import { type ById, idOfPath } from '../byId';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireStaff } from '../requireStaff';

const reasonSchema = z.object({ reason: z.string().trim().min(3).max(2_000) });

/** POST /api/users/:id/suspend: shuts the account out, for a reason that staff read. */
export const suspend: RouteHandler<ById> = async (request, { params }) => {
  const actor = await requireStaff(request);
  const userId = await idOfPath(params);
  const { reason } = await readJson(request, reasonSchema);
  await suspendAccount({ req: await localRequest(actor), actor, userId, reason });
  return jsonAnswer({});
};

/** POST /api/users/:id/unsuspend: lets it in again. */
export const unsuspend: RouteHandler<ById> = async (request, { params }) => {
  const actor = await requireStaff(request);
  await unsuspendAccount({ req: await localRequest(actor), actor, userId: await idOfPath(params) });
  return jsonAnswer({});
};
