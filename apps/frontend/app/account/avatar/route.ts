import { getAccount } from '@/lib/backend/account';
import { isConveneError } from '@/lib/backend/errors';
import { changeAvatar, removeAvatar } from '@/lib/backend/ownAccount';
import { logger } from '@/lib/logger';
import { methodNotAllowed } from '@/lib/request/answers';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession, startSession } from '@/lib/session/cookie';
import type { Session } from '@/lib/session/seal';

const MAX_BYTES = 8_000_000;
/** Of the form around the file. */
const FORM_BYTES = 10_000;

const leaveFor = (location: string): Response => new Response(null, { status: 303, headers: { location } });
const backWith = (outcome: 'done' | 'removed' | 'bad' | 'large' | 'none' | 'failed'): Response =>
  leaveFor(`/account?picture=${outcome}#picture`);

/**
 * The form of the profile's picture: a route rather than an action, whose bodies Next holds below what a camera makes.
 * Other sites' forms come without the session's cookie (SameSite).
 */
export const POST = async (request: Request): Promise<Response> => {
  const session = await getSession();
  if (!session) return leaveFor(signInUrl('/account'));
  if (Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY) > MAX_BYTES + FORM_BYTES) {
    return backWith('large');
  }
  const form = await request.formData().catch(() => null);
  if (!form) return backWith('bad');
  try {
    return await change(session, form);
  } catch (error) {
    if (!isConveneError(error)) throw error;
    if (error.code === 'unauthenticated') return leaveFor(signInUrl('/account', true));
    if (error.code === 'invalid-input' || error.code === 'unsupported-media-type') return backWith('bad');
    if (error.code === 'body-too-large') return backWith('large');
    logger.warn({ err: error }, 'A picture could not be changed');
    return backWith('failed');
  }
};

const change = async ({ token, expiresAt }: Session, form: FormData): Promise<Response> => {
  const isRemoval = form.get('remove') === '1';
  const picture = form.get('picture');
  if (!isRemoval && !(picture instanceof File && picture.size > 0)) return backWith('none');
  if (isRemoval) await removeAvatar(token);
  else if (picture instanceof File) {
    if (picture.size > MAX_BYTES) return backWith('large');
    await changeAvatar(token, { bytes: new Uint8Array(await picture.arrayBuffer()), type: picture.type || 'image/*' });
  }
  // The header shows it from the session's cookie.
  await startSession({ token, expiresAt, account: await getAccount(token) });
  return backWith(isRemoval ? 'removed' : 'done');
};

export const GET = methodNotAllowed('POST');
