import { backendBreaker } from '@/lib/backend/http';
import { processCollector } from '@/lib/beacons/processCollector';
import { redisBreaker } from '@/lib/redis/index';
import { methodNotAllowed } from '@/lib/request/answers';

export const dynamic = 'force-dynamic';

/**
 * May visitors be sent here? Also while backend or Redis are away: pages then say so, which is better than none. Their
 * state is what the last reads met; nothing is asked for this.
 */
export const GET = (): Response => {
  const collector = processCollector();
  const isReady = !collector.isStopping;
  return Response.json(
    {
      status: isReady ? 'ready' : 'stopping',
      backend: backendBreaker().isOpen ? 'unavailable' : 'ok',
      redis: redisBreaker().isOpen ? 'unavailable' : 'ok',
      waitingEvents: collector.waiting,
    },
    { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
};

const refuse = methodNotAllowed('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
