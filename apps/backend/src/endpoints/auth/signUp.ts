import { type SignUp, signUpSchema } from '@convene/common/api';
import type { PayloadRequest } from 'payload';
import type { z } from 'zod';
import { inTransaction } from '../../utils/inTransaction';
import { enqueueNotification } from '../../utils/notificationsQueue';
import { localRequest } from '../../utils/payload';
import { isValidationError } from '../../utils/payloadErrors';
import { sqlOfRequest } from '../../utils/sqlOfRequest';
import { withSteadyDuration } from '../../utils/steadyDuration';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { STEADY_ANSWER_MS, signUpLimit } from './limits';

/** Answers 202 whatever the address is: whether it has an account is told to its mailbox alone. */
export const signUp: RouteHandler = async (request) => {
  await signUpLimit(clientIp(request));
  const input = await readJson(request, signUpSchema);
  await withSteadyDuration(STEADY_ANSWER_MS, () => signUpOrRemind(input));
  return jsonAnswer({}, 202);
};

type Input = z.output<typeof signUpSchema> & SignUp;

const signUpOrRemind = async (input: Input): Promise<void> => {
  const req = await localRequest();
  if (await remindExisting(req, input.email)) return;
  try {
    await req.payload.create({
      collection: 'users',
      data: { ...input, roles: ['client', ...input.roles], verification: 'none' },
      overrideAccess: true,
      req,
    });
  } catch (error) {
    // Two sign-ups at once with one address: the unique index lets the first one through.
    if (isValidationError(error) && (await remindExisting(await localRequest(), input.email))) return;
    throw error;
  }
};

type Existing = { id: number; _verified?: boolean | null; _verificationToken?: string | null };

/** One such mail an hour and account: a stranger must not be able to fill somebody's mailbox. */
const REMINDER_PAUSE = '1 hour';

/** Writes to whoever has the address already: confirm it, or sign in. False where nobody has it. */
const remindExisting = (req: PayloadRequest, email: string): Promise<boolean> =>
  inTransaction(req, async () => {
    const existing = await req.payload.db.findOne<Existing>({
      collection: 'users',
      where: { email: { equals: email } },
      req,
    });
    if (!existing) return false;
    const sql = await sqlOfRequest(req);
    const { rowCount } = await sql.query(
      `SELECT 1 FROM notification_outbox
       WHERE type IN ('user.welcome', 'user.signup.existing') AND (payload->>'userId')::int = $1
         AND created_at > now() - $2::interval
       LIMIT 1`,
      [existing.id, REMINDER_PAUSE],
    );
    if (rowCount) return true;
    if (existing._verified || !existing._verificationToken) {
      await enqueueNotification('user.signup.existing', { userId: existing.id }, { req });
    } else {
      await enqueueNotification('user.welcome', { userId: existing.id, token: existing._verificationToken }, { req });
    }
    return true;
  });
