import { endOtherSessions, readSessions } from '../../collections/Users/sessions';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler } from '../http';
import { profileLimit } from '../limits';
import { signedIn } from '../signedIn';

/** GET /api/account/sessions: where the account is signed in, this session first. */
export const sessions: RouteHandler = async (request) =>
  jsonAnswer(await readSessions(getPool(), await requireUser(request)));

/** POST /api/account/sessions/end-others */
export const endOthers: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, profileLimit);
  await endOtherSessions(req, user);
  return jsonAnswer({});
};
