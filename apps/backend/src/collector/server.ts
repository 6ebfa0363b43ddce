import { once } from 'node:events';
import { ConveneError } from '@convene/common/errors';
import { createAdaptorServer } from '@hono/node-server';
import { health } from '../endpoints/health/health';
import { errorAnswer, routeHandlers } from '../endpoints/http';
import { type MetricsContext, metricsHandlers } from '../endpoints/metrics';
import { prometheus } from '../endpoints/metrics/prometheus';

export type Collector = { port: number; stop: () => Promise<void> };

type Routes = Record<string, ReturnType<typeof routeHandlers<Record<string, never>>>>;

const isMethod = (method: string): method is keyof Routes[string] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method);

/**
 * Serves the metrics endpoints, with the same URLs and rules, by a plain Node server: a Next route costs many times
 * what counting does. Peer addresses must be recorded in this process (`recordPeerAddress`).
 */
export const startCollectorServer = async ({
  contextOf,
  port,
  host,
}: {
  contextOf: () => MetricsContext;
  /** 0 for any free port. */
  port: number;
  host?: string;
}): Promise<Collector> => {
  const { view, impression } = metricsHandlers(contextOf);
  const routes: Routes = {
    '/api/metrics': routeHandlers({ GET: prometheus }),
    '/api/metrics/view': routeHandlers({ POST: view }),
    '/api/metrics/impression': routeHandlers({ POST: impression }),
    '/api/health': routeHandlers({ GET: health }),
  };
  const fetch = (request: Request): Response | Promise<Response> => {
    const route = routes[new URL(request.url).pathname];
    if (!route || !isMethod(request.method)) {
      return errorAnswer(new ConveneError('not-found', 'The collector has only the metrics endpoints.'), request);
    }
    return route[request.method](request, { params: Promise.resolve({}) });
  };
  const server = createAdaptorServer({ fetch });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
};
