import { isBearerOf } from '@convene/common/secrets';
import { env } from '@/env';
import { collectedMetrics } from '@/lib/beacons/collector';
import { processCollector } from '@/lib/beacons/processCollector';
import { type MetricFamily, prometheusText } from '@/lib/prometheus';
import { redisCommands } from '@/lib/redis/index';
import { errorResponse, methodNotAllowed } from '@/lib/request/answers';

export const dynamic = 'force-dynamic';

const families = (): MetricFamily[] => {
  const collector = processCollector();
  const { accepted, acknowledged, lost, requests, retries } = collector.counts;
  return [
    {
      name: 'convene_collector_accepted_total',
      type: 'counter',
      help: 'Events taken into the buffer.',
      samples: collectedMetrics.map((metric) => ({ labels: { metric }, value: accepted[metric] })),
    },
    {
      name: 'convene_collector_acknowledged_total',
      type: 'counter',
      help: 'Events that the backend acknowledged, by its verdict.',
      samples: collectedMetrics.flatMap((metric) =>
        Object.entries(acknowledged[metric]).map(([verdict, value]) => ({ labels: { metric, verdict }, value })),
      ),
    },
    {
      name: 'convene_collector_lost_total',
      type: 'counter',
      help: 'Events dropped, by reason.',
      samples: collectedMetrics.flatMap((metric) =>
        Object.entries(lost[metric]).map(([reason, value]) => ({ labels: { metric, reason }, value })),
      ),
    },
    {
      name: 'convene_collector_waiting',
      type: 'gauge',
      help: 'Events in the buffer.',
      samples: collectedMetrics.map((metric) => ({ labels: { metric }, value: collector.waiting[metric] })),
    },
    {
      name: 'convene_collector_requests_total',
      type: 'counter',
      help: 'Requests to the metrics endpoints of the backend, retries included.',
      samples: [{ labels: {}, value: requests }],
    },
    {
      name: 'convene_collector_retries_total',
      type: 'counter',
      help: 'Requests to the metrics endpoints of the backend that were sent again.',
      samples: [{ labels: {}, value: retries }],
    },
    {
      name: 'convene_redis_commands_total',
      type: 'counter',
      help: 'Redis commands sent by this process, as Upstash bills them.',
      samples: redisCommands()
        .counts()
        .map(({ source, command, count }) => ({ labels: { app: 'frontend', source, command }, value: count })),
    },
  ];
};

/** For Prometheus: counts only, nothing about anyone. */
export const GET = (request: Request): Response => {
  if (env.METRICS_TOKEN && !isBearerOf(request.headers.get('authorization'), env.METRICS_TOKEN)) {
    return errorResponse('unauthenticated', 'This needs the bearer token of the metrics.');
  }
  return new Response(prometheusText(families()), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  });
};

const refuse = methodNotAllowed('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
