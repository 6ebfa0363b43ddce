import { MAX_UPLOAD_BYTES } from '@convene/common/api';
import { env } from '@/env';
import { uploadPicture } from '@/lib/backend/uploadPicture';
import { isOwnOrigin } from '@/lib/beacons/judgeRequest';
import { logger } from '@/lib/logger';
import { errorResponse, methodNotAllowed } from '@/lib/request/answers';
import { getSession } from '@/lib/session/cookie';

/** The lines of a multipart form around its file. */
const FORM_BYTES = 4_096;

/** POST /account/listings/uploads: a picture, sent by one of this site's own pages for its signed-in visitor. */
export const POST = async (request: Request): Promise<Response> => {
  if (!isOwnOrigin(request.headers, env.FRONTEND_URL)) return errorResponse('forbidden', 'Not from this site.');
  const session = await getSession();
  if (!session) return errorResponse('unauthenticated', 'Please sign in.');
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!Number.isFinite(length) || length > MAX_UPLOAD_BYTES + FORM_BYTES) {
    return errorResponse('body-too-large', 'This file is too large.');
  }
  try {
    const body = await request.arrayBuffer();
    const answer = await uploadPicture(request, { body, sessionToken: session.token });
    return new Response(await answer.text(), {
      status: answer.status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
  } catch (error) {
    logger.warn({ err: error }, 'A picture did not get through');
    return errorResponse('unavailable', 'The backend does not answer.');
  }
};

const refuse = methodNotAllowed('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
