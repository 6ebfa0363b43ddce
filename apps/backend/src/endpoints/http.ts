import { clientIpOf } from '@convene/common/clientIp';
import { ConveneError, type ErrorCode, parseInput, statusByErrorCode } from '@convene/common/errors';
import { isBearerOf, secretsMatch } from '@convene/common/secrets';
import { z } from 'zod';
import { env } from '../env';
import { logger } from '../utils/logger';
import { isApiError } from '../utils/payloadErrors';
import { isOutOfReach } from '../utils/postgresErrors';
import type { RateLimit } from '../utils/rateLimit';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];
type RouteContext<Params> = { params: Promise<Params> };
export type RouteHandler<Params = Record<string, never>> = (
  request: Request,
  context: RouteContext<Params>,
) => Promise<Response> | Response;

export const jsonAnswer = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  });

/** A Postgres that restarts is back after about as long. */
const OUT_OF_REACH_RETRY_SECONDS = 5;

const codeOfStatus = (status: number): ErrorCode => {
  const found = (Object.keys(statusByErrorCode) as ErrorCode[]).find((code) => statusByErrorCode[code] === status);
  return found ?? (status < 500 ? 'invalid-input' : 'internal');
};

const asConveneError = (error: unknown): ConveneError => {
  if (error instanceof ConveneError) return error;
  if (isApiError(error) && error.status < 500) {
    const said = z.object({ reason: z.string() }).safeParse(error.data).data ?? {};
    return new ConveneError(codeOfStatus(error.status), error.message, said);
  }
  if (isOutOfReach(error)) {
    return new ConveneError('unavailable', 'Convene is very busy or partly away at the moment. Please try again.', {
      retryAfterSeconds: OUT_OF_REACH_RETRY_SECONDS,
      cause: error,
    });
  }
  return new ConveneError('internal', 'Something went wrong on our side. Please try again.', { cause: error });
};

/** Maps any thrown error to the one shape of an error answer; what nobody foresaw is logged and told without detail. */
export const errorAnswer = (error: unknown, request: Request): Response => {
  const known = asConveneError(error);
  if (known.status >= 500) {
    const path = new URL(request.url).pathname;
    logger[known.code === 'internal' ? 'error' : 'warn']({ err: known.cause ?? known, path }, known.message);
  }
  return jsonAnswer(
    known.toAnswer(),
    known.status,
    known.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(known.retryAfterSeconds) },
  );
};

/** The exports of a Next route file: errors mapped in one place, and a method without a handler answered by 405. */
export const routeHandlers = <Params = Record<string, never>>(
  handlers: Partial<Record<Method, RouteHandler<Params>>>,
): Record<Method, RouteHandler<Params>> => {
  const allow = methods.filter((method) => handlers[method]).join(', ');
  const handle =
    (method: Method): RouteHandler<Params> =>
    async (request, context) => {
      const handler = handlers[method];
      if (!handler) {
        const error = new ConveneError('method-not-allowed', `${method} is not possible here; use ${allow}.`);
        return jsonAnswer(error.toAnswer(), error.status, { Allow: allow });
      }
      try {
        return await handler(request, context);
      } catch (error) {
        return errorAnswer(error, request);
      }
    };
  return {
    GET: handle('GET'),
    POST: handle('POST'),
    PUT: handle('PUT'),
    PATCH: handle('PATCH'),
    DELETE: handle('DELETE'),
  };
};

/** The body as it came. @throws ConveneError body-too-large */
export const readText = async (request: Request, maxBytes: number): Promise<string> => {
  const tooLarge = () => new ConveneError('body-too-large', `The request is larger than ${maxBytes} bytes.`);
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > maxBytes) throw tooLarge();
    // HTTP lets nobody send more than announced; reading in one go costs half as much as chunk by chunk.
    return request.text();
  }
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * The body, checked against its schema.
 *
 * @throws ConveneError body-too-large, unsupported-media-type, bad-json or invalid-input
 */
export const readJson = async <T>(
  request: Request,
  schema: z.ZodType<T>,
  { maxBytes = 16_384 }: { maxBytes?: number } = {},
): Promise<T> => {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(\w+\+)?json\b/i.test(type)) {
    throw new ConveneError('unsupported-media-type', 'The request must be JSON (Content-Type: application/json).');
  }
  const text = await readText(request, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConveneError('bad-json', 'The request is not valid JSON.', { cause });
  }
  return parseInput(schema, value);
};

/** The query string against its schema; of a repeated parameter the last counts. */
export const readQuery = <T>(request: Request, schema: z.ZodType<T>): T =>
  parseInput(schema, Object.fromEntries(new URL(request.url).searchParams), 'The query');

/** Does the request show `secret` as `Authorization: Bearer …`? */
export const hasBearer = (request: Request, secret: string): boolean =>
  isBearerOf(request.headers.get('authorization'), secret);

export const SERVICE_TOKEN_HEADER = 'x-convene-service-token';
const CLIENT_IP_HEADER = 'x-convene-client-ip';

/** Is the caller the frontend? Only then is it believed about a visitor. */
export const hasServiceToken = (request: Request): boolean =>
  secretsMatch(request.headers.get(SERVICE_TOKEN_HEADER) ?? '', env.SERVICE_TOKEN);

/**
 * The address of the person behind the request: what the frontend hands over with its token, else what the trusted
 * proxies appended to X-Forwarded-For, and without proxies the socket's.
 */
export const clientIp = (request: Request): string | null =>
  hasServiceToken(request)
    ? request.headers.get(CLIENT_IP_HEADER)
    : clientIpOf(request.headers, env.TRUSTED_PROXY_HOPS);

/**
 * Limits how often an address reads. The frontend's own reads, which are not made for one visitor and which it keeps,
 * are not counted.
 */
export const limitReads = async (request: Request, limit: RateLimit): Promise<void> => {
  const address = clientIp(request);
  if (address === null && hasServiceToken(request)) return;
  await limit(address);
};

const CLIENT_USER_AGENT_HEADER = 'x-convene-client-user-agent';

/** How the browser behind the request names itself, by way of the frontend or directly. */
export const clientUserAgent = (request: Request): string | null =>
  request.headers.get(hasServiceToken(request) ? CLIENT_USER_AGENT_HEADER : 'user-agent');

/**
 * The body's bytes.
 *
 * @throws ConveneError body-too-large
 */
export const readBytes = async (request: Request, maxBytes: number): Promise<Buffer> => {
  const tooLarge = () => new ConveneError('body-too-large', `The request is larger than ${maxBytes} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
