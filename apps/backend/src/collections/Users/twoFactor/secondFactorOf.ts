import type { PayloadRequest } from 'payload';
import { z } from 'zod';

/*
 * Where the second factor of a sign-in is found: our endpoints put it into the request's context; Payload's REST takes
 * `code` beside the password, and its GraphQL, which has no such argument, a header.
 */

const CODE = 'secondFactorCode';
const WAIVED = 'secondFactorWaived';
export const CODE_HEADER = 'x-convene-code';

const codeSchema = z.string().trim().min(1).max(64);
const bodySchema = z.object({ code: codeSchema });

/** The context of a sign-in with this code. */
export const withCode = (code: string): Record<string, unknown> => ({ [CODE]: code });

/** The context of a sign-in whose session is ended by whoever asks for it, before anybody gets its token. */
export const withoutSession = (): Record<string, unknown> => ({ [WAIVED]: true });

export const isWaived = (req: PayloadRequest): boolean => req.context[WAIVED] === true;

export const secondFactorOf = (req: PayloadRequest): string | null =>
  codeSchema.safeParse(req.context[CODE]).data ??
  bodySchema.safeParse(req.data).data?.code ??
  codeSchema.safeParse(req.headers?.get(CODE_HEADER)).data ??
  null;
