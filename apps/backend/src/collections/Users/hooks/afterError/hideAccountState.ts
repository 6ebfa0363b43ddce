import { type AfterErrorHook, AuthenticationError } from 'payload';

const tellsOfAccount = new Set(['LockedAuth', 'UnverifiedEmail']);

/**
 * A locked and an unconfirmed account answer a sign-in as a wrong password does: the difference would tell a stranger
 * that the address has an account here.
 */
export const hideAccountState: AfterErrorHook = ({ error, req }) => {
  if (!tellsOfAccount.has(error.name)) return undefined;
  const generic = new AuthenticationError(req.t);
  return { status: generic.status, response: { errors: [{ message: generic.message }] } };
};
