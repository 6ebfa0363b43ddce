import type { CollectionBeforeLoginHook } from 'payload';
import type { User } from '../../../../payload-types';
import { getPool } from '../../../../utils/postgres';
import { secondFactorError } from '../../twoFactor/secondFactorError';
import { isWaived, secondFactorOf } from '../../twoFactor/secondFactorOf';
import { checkSecondFactor } from '../../twoFactor/store';

/**
 * A password alone, or a link to reset it, opens no session where two-factor is on: at whichever door, since every
 * sign-in of Payload's comes through here. By a connection of its own, so that a used code stays used and a try counted
 * when the sign-in is rolled back.
 */
export const demandSecondFactor: CollectionBeforeLoginHook<User> = async ({ req, user }) => {
  if (isWaived(req)) return user;
  const verdict = await checkSecondFactor(getPool(), { userId: user.id, code: secondFactorOf(req) });
  if (verdict === 'needed') throw secondFactorError('code-needed');
  if (verdict === 'wrong') throw secondFactorError('code-wrong');
  return user;
};
