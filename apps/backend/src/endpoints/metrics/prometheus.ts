import { ConveneError } from '@convene/common/errors';
import { env } from '../../env';
import { scrape } from '../../metrics/scrape';
import { hasBearer, type RouteHandler } from '../http';

/** GET /api/metrics: what Prometheus scrapes. Reads the process and Postgres, never Redis; tells nothing of anyone. */
export const prometheus: RouteHandler = async (request) => {
  if (env.METRICS_TOKEN && !hasBearer(request, env.METRICS_TOKEN)) {
    throw new ConveneError('unauthenticated', 'This needs the bearer token of the metrics.');
  }
  const { text, contentType } = await scrape();
  return new Response(text, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
};
