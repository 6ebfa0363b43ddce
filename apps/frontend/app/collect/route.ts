import { after, type NextRequest } from 'next/server';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { collectBeacon } from '@/lib/beacons/collect';
import { processCollector } from '@/lib/beacons/processCollector';
import { VISITOR_COOKIE } from '@/lib/beacons/visitorCookie';
import { processState } from '@/lib/processState';
import { methodNotAllowed } from '@/lib/request/answers';
import { getSession } from '@/lib/session/cookie';

/** Generous, because an office or a mobile network may share one address. */
const BEACONS_PER_MINUTE = 600;

const limiter = () =>
  processState('collectLimiter', () => new RateLimiterMemory({ points: BEACONS_PER_MINUTE, duration: 60 }));

const isOverLimit = async (ip: string | null): Promise<boolean> => {
  if (!ip) return false;
  try {
    await limiter().consume(ip);
    return false;
  } catch (refusal) {
    // The limiter rejects with its state, not with an error, when it refuses.
    if (refusal instanceof Error) throw refusal;
    return true;
  }
};

export const POST = async (request: NextRequest): Promise<Response> => {
  const collector = processCollector();
  const response = await collectBeacon(request, {
    collector,
    session: await getSession(),
    visitorCookie: request.cookies.get(VISITOR_COOKIE)?.value,
    now: Date.now,
    isOverLimit,
  });
  if (response.status === 202) after(() => collector.drain());
  return response;
};

const refuse = methodNotAllowed('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
