import { maskIp, type ViewIdentifier } from '@convene/common/keys';
import type { Visitor } from '@convene/common/metrics';
import { type UtcDay, utcDayOf } from '@convene/common/time';
import { isbot } from 'isbot';

/** A collector may be this late, and be off by this much into the future. */
const OLDEST_ARRIVAL_MS = 3_600_000;

/** By whom a view is deduplicated: the first that is known. */
export const identifierOf = ({ userId, sessionId, ip }: Visitor): ViewIdentifier => {
  if (userId !== undefined) return { type: 'user', userId };
  if (sessionId !== undefined) return { type: 'session', sessionId };
  const maskedIp = ip === undefined ? null : maskIp(ip);
  return maskedIp === null ? { type: 'anonymous' } : { type: 'ip', maskedIp };
};

/**
 * Under what an address' requests are limited: one IPv4 address, but of IPv6 the network, since whoever has one has
 * more addresses than could be remembered.
 */
export const allowanceOf = (address: string | null): string | null =>
  address?.includes(':') ? maskIp(address) : address;

/** The UTC day of an event's arrival at its collector: taken up to an hour back, never from the future. */
export const arrivalDay = (at: number, now: Date): UtcDay =>
  utcDayOf(Math.min(now.getTime(), Math.max(at, now.getTime() - OLDEST_ARRIVAL_MS)));

/** Does the visitor ask not to be tracked? Then nothing that could tell who it was is used. */
export const wantsNoTracking = (headers: Headers): boolean =>
  headers.get('sec-gpc') === '1' || headers.get('dnt') === '1';

const prefetchHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** What browsers driven by programs, and the tools that drive them, say of themselves beside the user agent. */
const automationHeaders = ['x-automation', 'x-selenium', 'x-puppeteer', 'x-playwright'];

const isAutomated = (headers: Headers): boolean =>
  /headless/i.test(headers.get('sec-ch-ua') ?? '') || automationHeaders.some((name) => headers.has(name));

/** A robot, or a browser that loads ahead what nobody may ever look at. Browsers always name themselves. */
export const isNobody = (headers: Headers): boolean => {
  const userAgent = headers.get('user-agent') ?? '';
  if (userAgent === '' || isbot(userAgent) || isAutomated(headers)) return true;
  if (headers.has('next-router-prefetch')) return true;
  return prefetchHeaders.some((name) => /prefetch|prerender|preview/i.test(headers.get(name) ?? ''));
};
