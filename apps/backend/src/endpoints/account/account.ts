import { accountOf, requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';

/** GET /api/account: who the token belongs to. */
export const account: RouteHandler = async (request) => jsonAnswer(await accountOf(await requireUser(request)));
