import { isConveneError } from '@/lib/backend/errors';
import { streamExport } from '@/lib/backend/ownAccount';
import { logger } from '@/lib/logger';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';

const SECURITY = '/account/security';
const leaveFor = (location: string): Response => new Response(null, { status: 303, headers: { location } });

/** Hands the person's file through as the backend writes it. */
export const GET = async (): Promise<Response> => {
  const session = await getSession();
  if (!session) return leaveFor(signInUrl(SECURITY));
  try {
    const file = await streamExport(session.token);
    return new Response(file.body, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': file.headers.get('content-disposition') ?? 'attachment',
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!isConveneError(error)) throw error;
    if (error.code === 'unauthenticated') return leaveFor(signInUrl(SECURITY, true));
    if (error.code === 'too-many-requests') return leaveFor(`${SECURITY}?export=too-many#export`);
    logger.warn({ err: error }, 'An export could not be made');
    return leaveFor(`${SECURITY}?export=failed#export`);
  }
};
