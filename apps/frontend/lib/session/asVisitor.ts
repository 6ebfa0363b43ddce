import 'server-only';
import { redirect } from 'next/navigation';
import { isConveneError } from '@/lib/backend/errors';
import { resumedPath } from '@/lib/forms/draft';
import { getSession } from './cookie';

/** Where to sign in, and to come back from. */
export const signInUrl = (next: string, isExpired = false): string =>
  `/sign-in?${isExpired ? 'expired=1&' : ''}next=${encodeURIComponent(next)}`;

/**
 * Calls the backend in the name of the signed-in visitor, from an action of the page at `path`; leads to sign-in where
 * there is none any more, or where the backend has ended the session, and back to what was typed.
 */
export const asVisitor = async <T>(path: string, call: (token: string) => Promise<T>): Promise<T> => {
  const session = await getSession();
  if (!session) redirect(signInUrl(resumedPath(path), true));
  try {
    return await call(session.token);
  } catch (error) {
    if (isConveneError(error) && error.code === 'unauthenticated') redirect(signInUrl(resumedPath(path), true));
    throw error;
  }
};
