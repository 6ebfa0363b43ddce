import 'server-only';
import { clientIpOf } from '@convene/common/clientIp';
import { env } from '@/env';

/** Pictures are made into several sizes before the backend answers. */
const UPLOAD_TIMEOUT_MS = 60_000;

/** Hands a picture on in the name of a session, byte by byte as it came; the backend's answer is the browser's. */
export const uploadPicture = (
  request: Request,
  { body, sessionToken }: { body: ArrayBuffer; sessionToken: string },
): Promise<Response> => {
  const clientIp = clientIpOf(request.headers, env.TRUSTED_PROXY_HOPS);
  return fetch(`${env.backendOrigin}/api/account/media`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': request.headers.get('content-type') ?? '',
      'x-convene-service-token': env.SERVICE_TOKEN,
      ...(clientIp ? { 'x-convene-client-ip': clientIp } : {}),
      authorization: `JWT ${sessionToken}`,
    },
    body,
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
};
