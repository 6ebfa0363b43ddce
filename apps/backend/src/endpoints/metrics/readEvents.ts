import { createHash, randomUUID } from 'node:crypto';
import { ConveneError } from '@convene/common/errors';
import type { ViewIdentifier } from '@convene/common/keys';
import {
  type DirectMetrics,
  directMetricsSchema,
  type ForwardedMetrics,
  forwardedMetricsSchema,
  type ListingRef,
  type Visitor,
} from '@convene/common/metrics';
import { type UtcDay, utcDayOf } from '@convene/common/time';
import { clientIp, hasServiceToken, readJson, SERVICE_TOKEN_HEADER } from '../http';
import { allowanceOf, arrivalDay, identifierOf, isNobody, wantsNoTracking } from './visitor';

const MAX_BODY_BYTES = 65_536;

export type MetricsEvent = ListingRef & {
  day: UtcDay;
  /** Who caused it, as far as it is known: the visits of owners and staff don't count. Nothing of it is kept. */
  visitor: Visitor;
  /** By whom a view of it is deduplicated; this goes into Redis. */
  identifier: ViewIdentifier;
};

export type MetricsRequest = {
  /** As the sender knows it. */
  requestId: string;
  /** Under which Redis remembers that it was counted. */
  recordId: string;
  events: MetricsEvent[];
  /** One listing that must exist, rather than a batch that is sorted out event by event. */
  isSingle: boolean;
  /** Comes from a robot or a browser that loads ahead. */
  isNobody: boolean;
};

export type SessionOf = (headers: Headers) => Promise<{ userId: string } | null>;
export type AllowAddress = (address: string | null) => Promise<void>;

/**
 * A stranger's request id, moved to where it can meet nobody else's: otherwise who guesses the id of somebody's
 * event could have it taken for counted.
 */
const strangersId = (requestId: string): string =>
  `direct-${createHash('sha256').update(requestId).digest('hex').slice(0, 40)}`;

const forwarded = ({ requestId, events }: ForwardedMetrics, now: Date): MetricsRequest => ({
  requestId,
  recordId: requestId,
  events: events.map(({ kind, listingId, at, visitor }) => ({
    kind,
    listingId,
    visitor,
    identifier: identifierOf(visitor),
    day: arrivalDay(at, now),
  })),
  isSingle: false,
  isNobody: false,
});

const directVisitor = async (request: Request, sessionOf: SessionOf): Promise<Visitor> => {
  const ip = clientIp(request);
  return (await sessionOf(request.headers)) ?? (ip === null ? {} : { ip });
};

const direct = async (
  request: Request,
  { body, sessionOf, now }: { body: DirectMetrics; sessionOf: SessionOf; now: Date },
): Promise<MetricsRequest> => {
  const requestId = body.requestId ?? randomUUID();
  const listings = 'events' in body ? body.events : [{ kind: body.kind, listingId: body.listingId }];
  const nobody = isNobody(request.headers);
  const visitor = nobody ? {} : await directVisitor(request, sessionOf);
  const identifier: ViewIdentifier = wantsNoTracking(request.headers) ? { type: 'anonymous' } : identifierOf(visitor);
  return {
    requestId,
    recordId: strangersId(requestId),
    events: listings.map((listing) => ({ ...listing, visitor, identifier, day: utcDayOf(now) })),
    isSingle: !('events' in body),
    isNobody: nobody,
  };
};

/**
 * Reads a request to a metrics endpoint. The frontend, which shows the service token, is believed about visitors and
 * times; of everyone else only what the backend finds out by itself counts.
 *
 * @throws ConveneError for a body, a token or an address that is refused
 */
export const readEvents = async (
  request: Request,
  { sessionOf, allowAddress, now }: { sessionOf: SessionOf; allowAddress: AllowAddress; now: Date },
): Promise<MetricsRequest> => {
  if (request.headers.has(SERVICE_TOKEN_HEADER)) {
    // Never taken for a stranger's request: all of its visitors would be counted as the frontend.
    if (!hasServiceToken(request)) throw new ConveneError('unauthenticated', 'The service token is not valid.');
    return forwarded(await readJson(request, forwardedMetricsSchema, { maxBytes: MAX_BODY_BYTES }), now);
  }
  await allowAddress(allowanceOf(clientIp(request)));
  const body = await readJson(request, directMetricsSchema, { maxBytes: MAX_BODY_BYTES });
  return direct(request, { body, sessionOf, now });
};
