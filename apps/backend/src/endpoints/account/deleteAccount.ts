import { accountDeleteSchema } from '@convene/common/api';
import { closeAccount } from '../../collections/Users/closeAccount';
import { confirmPassword } from '../auth/confirmPassword';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { passwordLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/account/delete: for good; the address gets one last mail. */
export const deleteAccount: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, passwordLimit);
  const { password } = await readJson(request, accountDeleteSchema);
  await confirmPassword(user, password);
  await closeAccount(req, user);
  return jsonAnswer({});
};
