import type { SignInAnswer } from '@convene/common/api';
import { issueTicket } from '../../collections/Users/twoFactor/signInTicket';
import { getPool } from '../../utils/postgres';

/** The password was right, and no more is told than that a code is missing. */
export const codeNeeded = async (userId: number): Promise<SignInAnswer> => ({
  codeNeeded: true,
  ...(await issueTicket(getPool(), { userId })),
});

export const idOfAddress = async (email: string): Promise<number | null> => {
  const { rows } = await getPool().query<{ id: number }>(
    'SELECT id FROM users WHERE email = $1 AND deleted_at IS NULL',
    [email],
  );
  return rows[0]?.id ?? null;
};
