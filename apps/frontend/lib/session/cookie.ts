import 'server-only';
import type { SessionAnswer } from '@convene/common/api';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { env } from '@/env';
import { forgetMarks } from '@/lib/backend/marksMemory';
import { bringFavorites } from '@/lib/favorites/bringFavorites';
import { type Session, sealSession, unsealSession } from './seal';
import { SESSION_COOKIE } from './sessionCookieName';

const attributes = { httpOnly: true, sameSite: 'lax', secure: env.cookiesAreSecure, path: '/' } as const;

/** The signed-in visitor of this request, or null. */
export const getSession = cache(async (): Promise<Session | null> => {
  const sealed = (await cookies()).get(SESSION_COOKIE)?.value;
  return sealed ? unsealSession({ sealed, secret: env.SESSION_SECRET, now: new Date() }) : null;
});

/**
 * Keeps what the backend answered to a sign-in, and makes what was saved before it the account's. Only in a server action or a route
 * handler.
 */
export const startSession = async ({ token, expiresAt, account }: SessionAnswer): Promise<void> => {
  const session: Session = {
    token,
    expiresAt,
    userId: String(account.id),
    roles: account.roles,
    displayName: account.displayName,
    avatarUrl: account.avatarUrl,
  };
  const sealed = await sealSession(session, env.SESSION_SECRET);
  (await cookies()).set(SESSION_COOKIE, sealed, { ...attributes, expires: new Date(expiresAt * 1000) });
  await bringFavorites(token);
  forgetMarks(session.userId);
};

/** Forgets the session. Only in a server action or a route handler. */
export const endSession = async (): Promise<void> => {
  (await cookies()).set(SESSION_COOKIE, '', { ...attributes, maxAge: 0 });
};
