import 'server-only';
import { cookies } from 'next/headers';
import { env } from '@/env';
import { readFavorites, type SavedListing, writeFavorites } from './visitorFavorites';

/*
 * Plain, since it tells no more than what its bearer pressed, and nothing is believed because it stands there: cards of
 * it are read as anybody's, and only who signs in gets it merged.
 */
const FAVORITES_COOKIE = 'convene_favorites';
const ONE_YEAR_SECONDS = 365 * 86_400;

/** What this browser has saved without an account, the newest first. */
export const getVisitorFavorites = async (): Promise<SavedListing[]> =>
  readFavorites((await cookies()).get(FAVORITES_COOKIE)?.value);

/** Only in a server action or a route handler. */
export const setVisitorFavorites = async (saved: SavedListing[]): Promise<void> => {
  (await cookies()).set(FAVORITES_COOKIE, writeFavorites(saved), {
    httpOnly: true,
    sameSite: 'lax',
    secure: env.cookiesAreSecure,
    path: '/',
    maxAge: saved.length > 0 ? ONE_YEAR_SECONDS : 0,
  });
};
