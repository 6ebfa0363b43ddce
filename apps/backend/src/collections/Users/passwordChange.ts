import type { CollectionAfterOperationHook } from 'payload';
import { z } from 'zod';

const accountSchema = z.object({ id: z.number().int(), updatedAt: z.string().optional() });

export type PasswordChange = { userId: number; once: (string | number)[] };

/**
 * The account whose password this operation has changed, whether by the reset link or in the account; null where it
 * has changed none.
 */
export const passwordChangeOf = (arg: Parameters<CollectionAfterOperationHook<'users'>>[0]): PasswordChange | null => {
  if (arg.operation === 'resetPassword') return changeOf(arg.result.user);
  return arg.operation === 'updateByID' && arg.args.data.password ? changeOf(arg.result) : null;
};

const changeOf = (account: unknown): PasswordChange => {
  const { id, updatedAt } = accountSchema.parse(account);
  return { userId: id, once: [id, updatedAt ?? new Date().toISOString()] };
};
