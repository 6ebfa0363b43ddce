import { favoriteToggleSchema } from '@convene/common/api';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { env } from '@/env';
import { isConveneError } from '@/lib/backend/errors';
import { setFavorite } from '@/lib/backend/market';
import { forgetMarks } from '@/lib/backend/marksMemory';
import { isOwnOrigin } from '@/lib/beacons/judgeRequest';
import { getVisitorFavorites, setVisitorFavorites } from '@/lib/favorites/cookie';
import { changedFavorites } from '@/lib/favorites/visitorFavorites';
import { errorResponse, methodNotAllowed } from '@/lib/request/answers';
import { readText } from '@/lib/request/readText';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';
import { safeNextPath } from '@/lib/session/safeNextPath';

const MAX_BYTES = 4_096;

const formSchema = favoriteToggleSchema.extend({
  favorite: z.enum(['true', 'false']).transform((text) => text === 'true'),
});
type Wish = z.infer<typeof formSchema>;

/** Fields of several forms follow each other where they were pressed before there was a script to send them one by one. */
const wishesSchema = z.array(formSchema).min(1).max(20);
const wishesIn = (fields: URLSearchParams): unknown[] =>
  fields.getAll('kind').map((kind, at) => ({
    kind,
    listingId: fields.getAll('listingId')[at],
    favorite: fields.getAll('favorite')[at],
  }));

type Outcome =
  | { status: 200; favorite: boolean }
  | { status: 401; signIn: string }
  | { status: 409 | 503 | 404; message: string };

/**
 * POST /favorites/toggle: saves a listing or lets it go, for the account or, without one, in a cookie. A script is
 * answered by JSON; a form is led back to its page.
 */
export const POST = async (request: Request): Promise<Response> => {
  if (!isOwnOrigin(request.headers, env.FRONTEND_URL)) return errorResponse('forbidden', 'Not from here.');
  const text = await readText(request, MAX_BYTES);
  const fields = new URLSearchParams(text ?? '');
  const wishes = wishesSchema.safeParse(wishesIn(fields));
  if (!wishes.success) return errorResponse('invalid-input', 'What shall be saved?');
  const path = safeNextPath(fields.get('path'), '/');
  const outcome = await keepAll(wishes.data, path);
  if (request.headers.get('accept')?.includes('application/json')) {
    const { status, ...body } = outcome;
    return Response.json({ ...body, at: Date.now() }, { status, headers: { 'cache-control': 'no-store' } });
  }
  const next = outcome.status === 200 ? path : outcome.status === 401 ? outcome.signIn : '/favorites?failed=1';
  return new Response(null, { status: 303, headers: { location: new URL(next, env.FRONTEND_URL).href } });
};

/** One after the other, to the last or to the first that can't be kept. */
const keepAll = async ([wish, ...others]: Wish[], path: string): Promise<Outcome> => {
  if (!wish) throw new Error('There is nothing to keep.');
  const outcome = await keep(wish, path);
  return outcome.status === 200 && others.length > 0 ? keepAll(others, path) : outcome;
};

const keep = async (wish: Wish, path: string): Promise<Outcome> => {
  const session = await getSession();
  return session ? keepForAccount(wish, { session, path }) : keepForVisitor(wish);
};

const keepForVisitor = async (wish: Wish): Promise<Outcome> => {
  const changed = changedFavorites(await getVisitorFavorites(), wish);
  if (!changed) return { status: 409, message: (await getTranslations('favorites'))('tooMany') };
  await setVisitorFavorites(changed);
  return { status: 200, favorite: wish.favorite };
};

const keepForAccount = async (
  wish: Wish,
  { session, path }: { session: { token: string; userId: string }; path: string },
): Promise<Outcome> => {
  try {
    const { favorite } = await setFavorite(session.token, wish);
    return { status: 200, favorite };
  } catch (error) {
    if (!isConveneError(error)) throw error;
    const t = await getTranslations();
    if (error.code === 'unauthenticated') return { status: 401, signIn: signInUrl(path, true) };
    if (error.code === 'not-found') return { status: 404, message: t('forms.errors.gone') };
    return { status: 503, message: t(error.code === 'too-many-requests' ? 'forms.errors.tooMany' : 'act.saveFailed') };
  } finally {
    forgetMarks(session.userId);
  }
};

const refuse = methodNotAllowed('POST');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };

/** Where a browser comes by that was led to sign-in in between. */
export const GET = (): never => redirect('/favorites');
