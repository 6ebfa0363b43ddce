import { logoutOperation } from 'payload';
import { localRequest } from '../../utils/payload';
import { jsonAnswer, type RouteHandler } from '../http';
import { requireUser } from './account';

/** Ends the session behind the token, so that a copy of it is worth nothing. */
export const signOut: RouteHandler = async (request) => {
  const req = await localRequest(await requireUser(request));
  await logoutOperation({ collection: req.payload.collections.users, req, allSessions: false });
  return jsonAnswer({});
};
