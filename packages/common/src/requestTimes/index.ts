import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';

/** A request that this process has answered; one whose client went away before is not among them. */
export type FinishedRequest = {
  method: string;
  /** Without the query. */
  path: string;
  status: number;
  seconds: number;
};

/** Histogram buckets in seconds, the same for every app, so that dashboards can put them side by side. */
export const requestSecondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const partsOf = (message: unknown): { request: IncomingMessage; response: ServerResponse } | null => {
  if (typeof message !== 'object' || message === null || !('request' in message) || !('response' in message))
    return null;
  const { request, response } = message;
  return request instanceof IncomingMessage && response instanceof ServerResponse ? { request, response } : null;
};

/**
 * Tells of every HTTP request that any server of this process has answered, as Node announces them: no handler has to
 * be wrapped, whatever framework it belongs to. To be called once a process; returns what ends it.
 */
export const onRequestFinished = (report: (finished: FinishedRequest) => void): (() => void) => {
  const startedAt = new WeakMap<IncomingMessage, number>();
  const onStart = (message: unknown): void => {
    const parts = partsOf(message);
    if (parts) startedAt.set(parts.request, performance.now());
  };
  const onFinish = (message: unknown): void => {
    const parts = partsOf(message);
    const start = parts && startedAt.get(parts.request);
    if (!parts || start === undefined || start === null) return;
    const { method = '', url = '/' } = parts.request;
    report({
      // A label has few values, whatever clients invent.
      method: methods.has(method) ? method : 'other',
      path: url.split('?', 1)[0] ?? '/',
      status: parts.response.statusCode,
      seconds: (performance.now() - start) / 1_000,
    });
  };
  subscribe('http.server.request.start', onStart);
  subscribe('http.server.response.finish', onFinish);
  return () => {
    unsubscribe('http.server.request.start', onStart);
    unsubscribe('http.server.response.finish', onFinish);
  };
};
