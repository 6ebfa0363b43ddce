import { emailChangeSchema, emailConfirmSchema } from '@convene/common/api';
import { confirmEmailChange, requestEmailChange } from '../../collections/Users/changeEmail';
import { localRequest } from '../../utils/payload';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { confirmPassword } from '../auth/confirmPassword';
import { STEADY_ANSWER_MS, tokenLimit } from '../auth/limits';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { newAddressLimit, passwordLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/account/email: answers 202 whether or not the address has an account. */
export const changeEmail: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, passwordLimit);
  const { email, password } = await readJson(request, emailChangeSchema);
  await confirmPassword(user, password);
  await newAddressLimit(email);
  await withSteadyDuration(STEADY_ANSWER_MS, () => requestEmailChange(req, { userId: user.id, email }));
  return jsonAnswer({}, 202);
};

/** POST /api/account/email/confirm: who opens the link need not be signed in. */
export const confirmEmail: RouteHandler = async (request) => {
  await tokenLimit(clientIp(request));
  const { token } = await readJson(request, emailConfirmSchema);
  await confirmEmailChange(await localRequest(), { token });
  return jsonAnswer({});
};
