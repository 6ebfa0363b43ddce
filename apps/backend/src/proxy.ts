import { refusalOfPost } from '@convene/common/pagePosts';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from './env';
import { adminContentPolicy } from './utils/adminContentPolicy';

/**
 * Gives every page of the admin a content security policy with a nonce of its own, which Next puts on its scripts, and
 * refuses what no form of the admin sends.
 */
export const proxy = async (request: NextRequest): Promise<Response> => {
  const refusal = await refusalOfPost(request);
  if (refusal) return refusal;
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = adminContentPolicy({
    nonce,
    backendOrigin: new URL(env.BACKEND_URL).origin,
    isDevelopment: env.NODE_ENV !== 'production',
  });
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
};

export const config = { matcher: ['/admin/:path*'] };
