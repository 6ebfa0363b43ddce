import type { FinishedRequest } from '@convene/common/requestTimes';
import { instruments } from './instruments';

/** Convene's own endpoints below /api; whatever else is there belongs to Payload. */
export const ownEndpoints = [
  'account',
  'auth',
  'bookings',
  'cards',
  'changes',
  'claims',
  'command-usage',
  'contact',
  'dashboards',
  'emails',
  'events',
  'favorites',
  'feed',
  'feed-jobs',
  'health',
  'jobs',
  'listings',
  'map',
  'messages',
  'metrics',
  'moderation',
  'notifications',
  'people',
  'ready',
  'report',
  'reviews',
  'suggest',
  'taxonomies',
  'unsubscribe',
  'users',
  'verifications',
  'webhooks',
];

/** The part of the app that a path belongs to: few values, whatever addresses are asked for. */
export const routeOf = (path: string): string => {
  const [area, endpoint, next] = path.split('/').slice(1);
  if (area === 'admin' || area === '_next') return `/${area}`;
  if (area !== 'api' || endpoint === undefined) return 'other';
  if (endpoint === 'metrics' && (next === 'view' || next === 'impression')) return `/api/metrics/${next}`;
  return ownEndpoints.includes(endpoint) ? `/api/${endpoint}` : '/api/*';
};

/** Enters a request into the metrics. */
export const observeRequest = ({ method, path, status, seconds }: FinishedRequest): void =>
  instruments().requests.observe({ method, route: routeOf(path), status: String(status) }, seconds);
