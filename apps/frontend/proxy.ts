import { refusalOfPost } from '@convene/common/pagePosts';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from './env';
import { contentSecurityPolicy } from './lib/contentSecurityPolicy';

/** A tile's address has places for numbers in its path alone. */
const tileOrigin = env.MAP_TILE_URL ? new URL(env.MAP_TILE_URL).origin : undefined;

/**
 * Gives every page a content security policy with a nonce of its own, which Next puts on its scripts, and refuses what
 * no form of ours sends.
 */
export const proxy = async (request: NextRequest): Promise<Response> => {
  const refusal = await refusalOfPost(request);
  if (refusal) return refusal;
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy({
    nonce,
    imageOrigin: new URL(env.BACKEND_URL).origin,
    tileOrigin,
    isDevelopment: !env.isProduction,
  });
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
};

// An upload is left alone: Next would keep a copy of what passes through here, and cut it off.
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|account/listings/uploads|account/avatar|collect|suggest|health|ready|metrics|icon.svg|favicon.ico|robots.txt|sitemap.xml).*)',
  ],
};
