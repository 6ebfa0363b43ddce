import { suggestQuerySchema } from '@convene/common/api';
import { clientIpOf } from '@convene/common/clientIp';
import type { NextRequest } from 'next/server';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { env } from '@/env';
import { isConveneError } from '@/lib/backend/errors';
import { getSuggestions } from '@/lib/backend/reads';
import { processState } from '@/lib/processState';
import { errorResponse, methodNotAllowed } from '@/lib/request/answers';
import { offersOf } from '@/lib/suggest/offersOf';

/** Somebody who types fast sends five a second for a few seconds; an office may share one address. */
const ASKED_PER_MINUTE = 300;

const limiter = () =>
  processState('suggestLimiter', () => new RateLimiterMemory({ points: ASKED_PER_MINUTE, duration: 60 }));

const isOverLimit = async (ip: string | null): Promise<boolean> => {
  if (!ip) return false;
  try {
    await limiter().consume(ip);
    return false;
  } catch (refusal) {
    // The limiter rejects with its state, not with an error, when it refuses.
    if (refusal instanceof Error) throw refusal;
    return true;
  }
};

/** What a beginning of a search may mean, worded for the visitor: `?text=…&kind=…`. */
export const GET = async (request: NextRequest): Promise<Response> => {
  const query = suggestQuerySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!query.success) return errorResponse('invalid-input', 'It takes a text of up to 100 characters.');
  if (await isOverLimit(clientIpOf(request.headers, env.TRUSTED_PROXY_HOPS))) {
    return errorResponse('too-many-requests', 'Too many questions. Please wait a minute.');
  }
  try {
    const offers = await offersOf(await getSuggestions(query.data), query.data.kind);
    return Response.json(offers, { headers: { 'cache-control': 'private, max-age=60' } });
  } catch (error) {
    if (isConveneError(error)) return errorResponse('unavailable', 'There are no suggestions right now.');
    throw error;
  }
};

const refuse = methodNotAllowed('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
