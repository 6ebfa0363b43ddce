import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { MetricsContext } from '../endpoints/metrics';
import { collectorFetch, ingestPaths } from './routes';

const isIngest = ({ method, url = '' }: IncomingMessage): boolean => {
  const query = url.indexOf('?');
  return method === 'POST' && ingestPaths.has(query < 0 ? url : url.slice(0, query));
};

/**
 * Has events answered before Next sees them, in its process and on its port: a Next route costs a request several
 * times what counting does. Next makes its server itself and gives nobody a place in front of it, so it is taken where
 * Node hands over each request, as tracing libraries do. Hosts that run routes without this server call the Next
 * routes, which answer the same. To be called once a process; returns what gives the requests back to Next.
 */
export const serveIngestAheadOfNext = (contextOf: () => MetricsContext): (() => void) => {
  // Next's own code knows the global Request and Response; a quicker make of them must not take their place.
  const answer = getRequestListener(collectorFetch(contextOf), { overrideGlobalObjects: false });
  const { emit } = Server.prototype;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    const [request, response] = args;
    if (
      event === 'request' &&
      request instanceof IncomingMessage &&
      response instanceof ServerResponse &&
      isIngest(request)
    ) {
      void answer(request, response);
      return true;
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
  return () => {
    Server.prototype.emit = emit;
  };
};
