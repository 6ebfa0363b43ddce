import {
  type RecoveryCodes,
  type TwoFactor,
  type TwoFactorSecret,
  twoFactorBeginSchema,
  twoFactorChangeSchema,
  twoFactorConfirmSchema,
} from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import { isStaffAccount } from '../../collections/Users/decisions';
import { endOtherSessions } from '../../collections/Users/sessions';
import { announceTwoFactor } from '../../collections/Users/twoFactor/announce';
import {
  beginEnrolment,
  checkSecondFactor,
  countRecoveryCodes,
  proveEnrolment,
  renewRecoveryCodes,
  turnOff,
  turnOn,
} from '../../collections/Users/twoFactor/store';
import { env } from '../../env';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { getPool } from '../../utils/postgres';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { requireUser } from '../auth/account';
import { confirmPassword } from '../auth/confirmPassword';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { passwordLimit } from '../limits';
import { signedIn } from '../signedIn';

/** GET /api/account/two-factor */
export const twoFactor: RouteHandler = async (request) => {
  const user = await requireUser(request);
  const answer: TwoFactor = {
    since: user.twoFactorSince ?? null,
    recoveryCodesLeft: await countRecoveryCodes(getPool(), user.id),
    isRequired: env.STAFF_TWO_FACTOR === 'required' && isStaffAccount(user),
  };
  return jsonAnswer(answer);
};

/** POST /api/account/two-factor/begin: the secret is told this once, to whoever has the password too. */
export const beginTwoFactor: RouteHandler = async (request) => {
  const { user } = await signedIn(request, passwordLimit);
  const { password } = await readJson(request, twoFactorBeginSchema);
  await confirmPassword(user, password);
  const answer: TwoFactorSecret = await beginEnrolment(getPool(), { userId: user.id, label: user.email });
  return jsonAnswer(answer);
};

const wrongCode = () =>
  new ConveneError('wrong-credentials', 'That code is not valid, or it was used already.', { reason: 'code-wrong' });

/** POST /api/account/two-factor/confirm: the sessions that were opened by a password alone end, but for this one. */
export const confirmTwoFactor: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, passwordLimit);
  const { code } = await readJson(request, twoFactorConfirmSchema);
  if (!(await proveEnrolment(getPool(), { userId: user.id, code }))) throw wrongCode();
  const recoveryCodes = await inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const codes = await turnOn(sql, user.id);
    await endOtherSessions(req, user);
    await announceTwoFactor(sql, { userId: user.id, isOn: true });
    return codes;
  });
  return jsonAnswer({ recoveryCodes } satisfies RecoveryCodes);
};

/** Both factors, before the second one is changed. */
const confirmBoth = async (request: Request): Promise<{ user: User; req: PayloadRequest }> => {
  const { user, req } = await signedIn(request, passwordLimit);
  const { password, code } = await readJson(request, twoFactorChangeSchema);
  await confirmPassword(user, password);
  const verdict = await checkSecondFactor(getPool(), { userId: user.id, code });
  if (verdict === 'off') throw new ConveneError('conflict', 'Two-factor sign-in is off.', { reason: 'two-factor-off' });
  if (verdict !== 'right') throw wrongCode();
  return { user, req };
};

/** POST /api/account/two-factor/recovery-codes: the old ones are worth nothing from now on. */
export const newRecoveryCodes: RouteHandler = async (request) => {
  const { user, req } = await confirmBoth(request);
  const recoveryCodes = await inTransaction(req, async () => renewRecoveryCodes(await sqlOfRequest(req), user.id));
  return jsonAnswer({ recoveryCodes } satisfies RecoveryCodes);
};

/** POST /api/account/two-factor/off */
export const turnTwoFactorOff: RouteHandler = async (request) => {
  const { user, req } = await confirmBoth(request);
  await inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    await turnOff(sql, user.id);
    await announceTwoFactor(sql, { userId: user.id, isOn: false });
  });
  return jsonAnswer({});
};
