import { suggestQuerySchema } from '@convene/common/api';
import { clientIpOf } from '@convene/common/clientIp';
import type { NextRequest } from 'next/server';
import { env } from '@/env';
import { isConveneError } from '@/lib/backend/errors';
import { getSuggestions } from '@/lib/backend/reads';
import { isOverLimit } from '@/lib/request/addressLimit';
import { errorResponse, methodNotAllowed } from '@/lib/request/answers';
import { offersOf } from '@/lib/suggest/offersOf';

/** Somebody who types fast sends five a second for a few seconds; an office may share one address. */
const ASKED_PER_MINUTE = 300;

/** What a beginning of a search may mean, worded for the visitor: `?text=…&kind=…`. */
export const GET = async (request: NextRequest): Promise<Response> => {
  const query = suggestQuerySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!query.success) return errorResponse('invalid-input', 'It takes a text of up to 100 characters.');
  const ip = clientIpOf(request.headers, env.TRUSTED_PROXY_HOPS);
  if (await isOverLimit('suggest', ASKED_PER_MINUTE, ip)) {
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
