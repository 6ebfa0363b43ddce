import { CircuitBreaker } from '@convene/common/circuit';
import { ConveneError, type ErrorCode, errorAnswerSchema, statusByErrorCode } from '@convene/common/errors';
import { z } from 'zod';
import { env } from '@/env';
import { logger } from '@/lib/logger';
import { processState } from '@/lib/processState';

const READ_TIMEOUT_MS = 5_000;
/** Sign-in hashes a password and may wait its turn. */
const WRITE_TIMEOUT_MS = 15_000;

export type BackendCall<T> = {
  method: 'GET' | 'POST';
  path: string;
  answer: z.ZodType<T>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** A file in the place of JSON. */
  upload?: { bytes: Uint8Array<ArrayBuffer>; type: string };
  /** The backend's session token of the visitor on whose behalf it is called. */
  sessionToken?: string;
  /** For whom the backend limits rates. */
  clientIp?: string | null;
  /** How the visitor's browser names itself. */
  userAgent?: string | null;
};

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(statusByErrorCode, code);

const unavailable = (cause: unknown): ConveneError =>
  new ConveneError('unavailable', 'The backend does not answer.', { cause });

const urlOf = ({ path, query = {} }: Pick<BackendCall<unknown>, 'path' | 'query'>): string => {
  const url = new URL(`${env.backendOrigin}/api/${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
};

const headersOf = ({
  body,
  upload,
  sessionToken,
  clientIp,
  userAgent,
}: BackendCall<unknown>): Record<string, string> => ({
  accept: 'application/json',
  'x-convene-service-token': env.SERVICE_TOKEN,
  ...(clientIp ? { 'x-convene-client-ip': clientIp } : {}),
  ...(sessionToken ? { authorization: `JWT ${sessionToken}` } : {}),
  ...(userAgent ? { 'x-convene-client-user-agent': userAgent } : {}),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(upload ? { 'content-type': upload.type } : {}),
});

const errorOf = (response: Response, body: unknown): ConveneError => {
  const parsed = errorAnswerSchema.safeParse(body);
  if (response.status >= 500 || !parsed.success) return unavailable(new Error(`${response.url}: ${response.status}`));
  const { code, message, reason, issues } = parsed.data.error;
  const known = isErrorCode(code) ? code : 'invalid-input';
  return new ConveneError(known, message, { ...(reason ? { reason } : {}), ...(issues ? { issues } : {}) });
};

const send = ({ method, body, upload, ...call }: BackendCall<unknown>, timeoutMs: number): Promise<Response> =>
  fetch(urlOf(call), {
    method,
    headers: headersOf({ method, body, ...(upload ? { upload } : {}), ...call }),
    ...(upload ? { body: upload.bytes } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw unavailable(error);
  });

/** Whether the backend answers reads; a page need not wait for a time-out that the one before it has met. */
export const backendBreaker = (): CircuitBreaker =>
  processState(
    'backendBreaker',
    () => new CircuitBreaker({ failuresToOpen: 3, firstPauseMs: 3_000, longestPauseMs: 3_000, now: Date.now }),
  );

const sendRead = async (call: BackendCall<unknown>): Promise<Response> => {
  const breaker = backendBreaker();
  if (!breaker.tryPass()) throw unavailable(new Error('the last reads have failed'));
  try {
    const response = await send(call, READ_TIMEOUT_MS);
    if (response.status < 500) breaker.succeeded();
    else breaker.failed();
    return response;
  } catch (error) {
    if (breaker.failed()) logger.warn({ err: error }, 'The backend does not answer');
    throw error;
  }
};

/**
 * Asks the backend and checks what it answers.
 *
 * @throws ConveneError the backend's own for a 4xx; `unavailable` when it is away, fails, is too slow or answers in a
 * shape that this site does not know
 */
export const callBackend = async <T>(call: BackendCall<T>): Promise<T> => {
  const { method, path, answer } = call;
  const response = await (method === 'GET' ? sendRead(call) : send(call, WRITE_TIMEOUT_MS));
  const received: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response, received);
  const parsed = answer.safeParse(received);
  if (parsed.success) return parsed.data;
  logger.error({ path, issues: parsed.error.issues }, 'The backend answered in an unknown shape');
  throw unavailable(parsed.error);
};

const STREAM_TIMEOUT_MS = 120_000;

/**
 * Asks for what is passed on as it comes, unread.
 *
 * @throws ConveneError as `callBackend` does
 */
export const streamFromBackend = async (call: Omit<BackendCall<unknown>, 'method' | 'answer'>): Promise<Response> => {
  const response = await send({ method: 'GET', answer: z.unknown(), ...call }, STREAM_TIMEOUT_MS);
  if (!response.ok) throw errorOf(response, await response.json().catch(() => null));
  return response;
};
