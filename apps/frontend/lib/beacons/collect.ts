import { clientIpOf } from '@convene/common/clientIp';
import { type Beacon, beaconSchema, type ForwardedEvent, type Visitor } from '@convene/common/metrics';
import { env } from '@/env';
import { errorResponse } from '@/lib/request/answers';
import { parseJson } from '@/lib/request/parseJson';
import { readText } from '@/lib/request/readText';
import type { Session } from '@/lib/session/seal';
import type { CollectedMetric, Collector } from './collector';
import { isOwnOrigin, isUncountedRequest, refusesIdentifiers } from './judgeRequest';
import {
  newVisitorId,
  signVisitorId,
  VISITOR_COOKIE,
  VISITOR_COOKIE_MAX_AGE_SECONDS,
  verifyVisitorId,
} from './visitorCookie';

const MAX_BODY_BYTES = 16_384;

export type CollectEdges = {
  collector: Pick<Collector, 'add'>;
  session: Session | null;
  /** The value of the visitor's cookie, if any. */
  visitorCookie: string | undefined;
  now: () => number;
  /** Has this address sent more than it may? */
  isOverLimit: (ip: string | null) => Promise<boolean>;
};

const visitorCookieHeader = (value: string, maxAgeSeconds: number): string =>
  [
    `${VISITOR_COOKIE}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(env.cookiesAreSecure ? ['Secure'] : []),
  ].join('; ');

type Identity = { visitor: Visitor; setCookie?: string };

const identityOf = (headers: Headers, { session, visitorCookie }: CollectEdges): Identity => {
  if (refusesIdentifiers(headers)) {
    // One kept from before the visitor objected goes too.
    return { visitor: {}, ...(visitorCookie ? { setCookie: visitorCookieHeader('', 0) } : {}) };
  }
  const ip = clientIpOf(headers, env.TRUSTED_PROXY_HOPS);
  const address = ip ? { ip } : {};
  if (session) return { visitor: { userId: session.userId, ...address } };
  const known = verifyVisitorId(visitorCookie, env.SESSION_SECRET);
  if (known) return { visitor: { sessionId: known, ...address } };
  const sessionId = newVisitorId();
  return {
    visitor: { sessionId, ...address },
    setCookie: visitorCookieHeader(signVisitorId(sessionId, env.SESSION_SECRET), VISITOR_COOKIE_MAX_AGE_SECONDS),
  };
};

const isStaff = (session: Session | null): boolean =>
  session?.roles.some((role) => role === 'moderator' || role === 'admin') ?? false;

const eventsOf = (
  beacon: Beacon,
  at: number,
  visitor: Visitor,
): { metric: CollectedMetric; events: ForwardedEvent[] } =>
  beacon.type === 'view'
    ? { metric: 'view', events: [{ ...beacon.listing, at, visitor }] }
    : { metric: 'impression', events: beacon.listings.map((listing) => ({ ...listing, at, visitor })) };

/**
 * Takes one beacon: 202 once its events lie in the buffer, 204 for what is not counted (robots, prefetches, staff),
 * else an error in the one shape. Nothing is sent to the backend here.
 */
export const collectBeacon = async (request: Request, edges: CollectEdges): Promise<Response> => {
  const { headers } = request;
  if (!isOwnOrigin(headers, env.FRONTEND_URL)) return errorResponse('forbidden', 'Beacons come from our own pages.');
  if (isUncountedRequest(headers) || isStaff(edges.session)) return new Response(null, { status: 204 });
  if (await edges.isOverLimit(clientIpOf(headers, env.TRUSTED_PROXY_HOPS))) {
    return errorResponse('too-many-requests', 'Too many beacons.', { 'retry-after': '60' });
  }
  const text = await readText(request, MAX_BODY_BYTES);
  if (text === null) return errorResponse('body-too-large', `A beacon has at most ${MAX_BODY_BYTES} bytes.`);
  const value = parseJson(text);
  if (value === undefined) return errorResponse('bad-json', 'The beacon is not valid JSON.');
  const beacon = beaconSchema.safeParse(value);
  if (!beacon.success) return errorResponse('invalid-input', 'The beacon is not valid.');

  const { visitor, setCookie } = identityOf(headers, edges);
  const { metric, events } = eventsOf(beacon.data, edges.now(), visitor);
  const taken = events.filter((event) => edges.collector.add(metric, event));
  if (taken.length === 0) return errorResponse('unavailable', 'The buffer is full.', { 'retry-after': '60' });
  return new Response(null, {
    status: 202,
    headers: { 'cache-control': 'no-store', ...(setCookie ? { 'set-cookie': setCookie } : {}) },
  });
};
