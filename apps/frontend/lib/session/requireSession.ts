import 'server-only';
import { redirect } from 'next/navigation';
import { type Attempt, attempt } from '@/lib/backend/attempt';
import { isConveneError } from '@/lib/backend/errors';
import { signInUrl } from './asVisitor';
import { getSession } from './cookie';
import type { Session } from './seal';

/** The session of a page that needs one; without it leads to sign-in and back. */
export const requireSession = async (path: string): Promise<Session> => {
  const session = await getSession();
  if (!session) redirect(signInUrl(path));
  return session;
};

/** Reads on behalf of the signed-in visitor; leads to sign-in when the backend has ended the session. */
export const readAs = async <T>(path: string, read: (token: string) => Promise<T>): Promise<Attempt<T>> => {
  const { token } = await requireSession(path);
  try {
    return await attempt(() => read(token));
  } catch (error) {
    if (isConveneError(error) && error.code === 'unauthenticated') redirect(signInUrl(path, true));
    throw error;
  }
};
