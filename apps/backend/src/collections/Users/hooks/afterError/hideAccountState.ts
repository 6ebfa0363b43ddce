import { type AfterErrorHook, AuthenticationError, type PayloadRequest } from 'payload';

/** By what they say: a production build takes the names of Payload's classes away. */
const tellsOfAccount = (error: Error, { t }: PayloadRequest): boolean =>
  [t('error:userLocked'), t('error:unverifiedEmail')].includes(error.message);

/**
 * A locked and an unconfirmed account answer a sign-in as a wrong password does: the difference would tell a stranger
 * that the address has an account here.
 */
export const hideAccountState: AfterErrorHook = ({ error, req }) => {
  if (!tellsOfAccount(error, req)) return undefined;
  const generic = new AuthenticationError(req.t);
  return { status: generic.status, response: { errors: [{ message: generic.message }] } };
};
