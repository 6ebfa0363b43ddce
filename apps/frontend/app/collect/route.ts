import { after, type NextRequest } from 'next/server';
import { collectBeacon } from '@/lib/beacons/collect';
import { processCollector } from '@/lib/beacons/processCollector';
import { VISITOR_COOKIE } from '@/lib/beacons/visitorCookie';
import { isOverLimit } from '@/lib/request/addressLimit';
import { methodNotAllowed } from '@/lib/request/answers';
import { getSession } from '@/lib/session/cookie';

/** Generous, because an office or a mobile network may share one address. */
const BEACONS_PER_MINUTE = 600;

export const POST = async (request: NextRequest): Promise<Response> => {
  const collector = processCollector();
  const response = await collectBeacon(request, {
    collector,
    session: await getSession(),
    visitorCookie: request.cookies.get(VISITOR_COOKIE)?.value,
    now: Date.now,
    isOverLimit: (ip) => isOverLimit('collect', BEACONS_PER_MINUTE, ip),
  });
  if (response.status === 202) after(() => collector.drain());
  return response;
};

const refuse = methodNotAllowed('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
