import { ConveneError } from '@convene/common/errors';
import { health } from '../endpoints/health/health';
import { errorAnswer, type Method, type RouteHandler, routeHandlers } from '../endpoints/http';
import { type MetricsContext, metricsHandlers } from '../endpoints/metrics';
import { prometheus } from '../endpoints/metrics/prometheus';

type Fetch = (request: Request) => Response | Promise<Response>;
type Routes = Record<string, Record<Method, RouteHandler>>;

/** Where events come in; the paths of the Next routes beside. */
export const ingestPaths: ReadonlySet<string> = new Set(['/api/metrics/view', '/api/metrics/impression']);

const isMethod = (method: string): method is Method => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method);

/** The metrics endpoints with the URLs and rules that they have as Next routes, for a server without Next. */
export const collectorFetch = (contextOf: () => MetricsContext): Fetch => {
  const { view, impression } = metricsHandlers(contextOf);
  const routes: Routes = {
    '/api/metrics': routeHandlers({ GET: prometheus }),
    '/api/metrics/view': routeHandlers({ POST: view }),
    '/api/metrics/impression': routeHandlers({ POST: impression }),
    '/api/health': routeHandlers({ GET: health }),
  };
  return (request) => {
    const route = routes[new URL(request.url).pathname];
    if (!route || !isMethod(request.method)) {
      return errorAnswer(new ConveneError('not-found', 'The collector has only the metrics endpoints.'), request);
    }
    return route[request.method](request, { params: Promise.resolve({}) });
  };
};
