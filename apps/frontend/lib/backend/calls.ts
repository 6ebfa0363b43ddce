import 'server-only';
import { clientIpOf } from '@convene/common/clientIp';
import { headers } from 'next/headers';
import { z } from 'zod';
import { env } from '@/env';
import { callBackend, streamFromBackend } from './http';

/** Endpoints that answer no more than "done". */
export const doneSchema = z.object({});

const visitorIp = async (): Promise<string | null> => clientIpOf(await headers(), env.TRUSTED_PROXY_HOPS);

/** As the visitor's browser names itself; what it can't be sent on as is left out. */
const visitorAgent = async (): Promise<string | null> =>
  (await headers())
    .get('user-agent')
    ?.replace(/[^\x20-\x7e]/g, '')
    .slice(0, 300) || null;

/** On behalf of the visitor of this request, and in the name of the session if there is one. */
export const post = async <T>(
  path: string,
  body: unknown,
  answer: z.ZodType<T>,
  sessionToken?: string | undefined,
): Promise<T> =>
  callBackend({
    method: 'POST',
    path,
    body,
    answer,
    clientIp: await visitorIp(),
    userAgent: await visitorAgent(),
    ...(sessionToken ? { sessionToken } : {}),
  });

/** What is told to everybody who knows to ask. */
export const get = async <T>(path: string, query: Record<string, string>, answer: z.ZodType<T>): Promise<T> =>
  callBackend({ method: 'GET', path, query, answer, clientIp: await visitorIp() });

/** What belongs to the session's account. @throws ConveneError unauthenticated */
export const getOwn = async <T>(path: string, sessionToken: string, answer: z.ZodType<T>): Promise<T> =>
  callBackend({ method: 'GET', path, answer, sessionToken, clientIp: await visitorIp() });

/** Sends a file in the name of the session. @throws ConveneError unauthenticated */
export const upload = async <T>(
  path: string,
  file: { bytes: Uint8Array<ArrayBuffer>; type: string },
  answer: z.ZodType<T>,
  sessionToken: string,
): Promise<T> => callBackend({ method: 'POST', path, upload: file, answer, sessionToken, clientIp: await visitorIp() });

/** What belongs to the session's account, to be passed on unread. @throws ConveneError unauthenticated */
export const streamOwn = async (path: string, sessionToken: string): Promise<Response> =>
  streamFromBackend({ path, sessionToken, clientIp: await visitorIp() });
