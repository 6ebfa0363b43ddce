import { isListingKind } from '@convene/common/listings';
import { type FinishedRequest, requestSecondsBuckets } from '@convene/common/requestTimes';
import { Histogram, Registry } from 'prom-client';
import { processState } from '../processState';

const plainPages = new Set([
  'account',
  'check-mail',
  'claim',
  'collect',
  'confirm-email',
  'contact',
  'favorites',
  'forgot',
  'health',
  'metrics',
  'people',
  'privacy',
  'ready',
  'report',
  'reset',
  'search',
  'sign-in',
  'sign-up',
  'suggest',
  'unsubscribe',
  'verify',
]);

/** The part of the site that a path belongs to: few values, whatever addresses are asked for. */
export const routeOf = (path: string): string => {
  const [first = '', second] = path.split('/').slice(1);
  if (first === '') return '/';
  if (first === '_next') return '/_next';
  if (isListingKind(first)) return second ? '/{kind}/{slug}' : '/{kind}';
  return plainPages.has(first) ? `/${first}` : 'other';
};

type Times = { registry: Registry; requests: Histogram<'method' | 'route' | 'status'> };

const times = (): Times =>
  processState('request-times', () => {
    const registry = new Registry();
    const requests = new Histogram({
      name: 'convene_http_request_seconds',
      help: 'How long HTTP requests took, by part of the site',
      labelNames: ['method', 'route', 'status'],
      buckets: requestSecondsBuckets,
      registers: [registry],
    });
    return { registry, requests };
  });

/** Enters a request into the metrics. */
export const observeRequest = ({ method, path, status, seconds }: FinishedRequest): void =>
  times().requests.observe({ method, route: routeOf(path), status: String(status) }, seconds);

/** What is kept for all scrapes of the process. */
export const requestRegistry = (): Registry => times().registry;
