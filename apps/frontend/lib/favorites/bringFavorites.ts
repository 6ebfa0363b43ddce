import 'server-only';
import { favoriteMergeAnswerSchema } from '@convene/common/api';
import { cookies } from 'next/headers';
import { env } from '@/env';
import { post } from '@/lib/backend/calls';
import { isConveneError } from '@/lib/backend/errors';
import { logger } from '@/lib/logger';
import { getVisitorFavorites, setVisitorFavorites } from './cookie';
import { MERGED_COOKIE, MERGED_MAX_AGE_SECONDS, writeMerged } from './mergedNotice';

/**
 * Makes what this browser saved without an account the account's, and leaves a note for the page that comes next. The
 * cookie goes only when the backend has them all, and asking twice adds nothing: so each arrives exactly once, and what
 * can't be brought now is offered on the page of favourites. Only in a server action or a route handler.
 *
 * @returns whether nothing is left behind
 */
export const bringFavorites = async (sessionToken: string): Promise<boolean> => {
  const listings = await getVisitorFavorites();
  if (listings.length === 0) return true;
  try {
    const merged = await post('favorites/merge', { listings }, favoriteMergeAnswerSchema, sessionToken);
    await setVisitorFavorites([]);
    (await cookies()).set(MERGED_COOKIE, writeMerged(merged), {
      // Its page takes it away, which only a script can.
      httpOnly: false,
      sameSite: 'lax',
      secure: env.cookiesAreSecure,
      path: '/',
      maxAge: MERGED_MAX_AGE_SECONDS,
    });
    return true;
  } catch (error) {
    if (!isConveneError(error)) throw error;
    logger.warn({ err: error }, 'Favourites of a visitor could not be brought along');
    return false;
  }
};
