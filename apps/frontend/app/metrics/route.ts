import { isBearerOf } from '@convene/common/secrets';
import { env } from '@/env';
import { scrape } from '@/lib/metrics/scrape';
import { errorResponse, methodNotAllowed } from '@/lib/request/answers';

export const dynamic = 'force-dynamic';

/** For Prometheus: counts only, nothing about anyone. */
export const GET = async (request: Request): Promise<Response> => {
  if (env.METRICS_TOKEN && !isBearerOf(request.headers.get('authorization'), env.METRICS_TOKEN)) {
    return errorResponse('unauthenticated', 'This needs the bearer token of the metrics.');
  }
  const { text, contentType } = await scrape();
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
};

const refuse = methodNotAllowed('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
