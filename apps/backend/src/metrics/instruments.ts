import { requestSecondsBuckets } from '@convene/common/requestTimes';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { processState } from '../utils/processState';

const create = () => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  return {
    registry,

    events: new Counter({
      name: 'convene_events_total',
      help: 'Events that the metrics endpoints have answered, by verdict; robot: not even looked up',
      labelNames: ['metric', 'verdict'],
      registers,
    }),
    unavailable: new Counter({
      name: 'convene_metrics_unavailable_total',
      help: 'Requests to the metrics endpoints that were answered by 503',
      labelNames: ['metric'],
      registers,
    }),
    requestsHeld: gauge('convene_metrics_requests_held', 'Requests that wait for their events to be in Redis'),
    writeEvents: new Histogram({
      name: 'convene_record_events',
      help: 'Events in one write to Redis',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500],
      registers,
    }),
    writeRequests: new Histogram({
      name: 'convene_record_requests',
      help: 'Requests that share one write to Redis',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
    writes: new Histogram({
      name: 'convene_record_seconds',
      help: 'How long writes of events to Redis took, their retries included',
      labelNames: ['outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      registers,
    }),
    jobRuns: new Histogram({
      name: 'convene_job_run_seconds',
      help: 'How long runs of flush, aggregation and ranking took',
      labelNames: ['job', 'outcome'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers,
    }),

    requests: new Histogram({
      name: 'convene_http_request_seconds',
      help: 'How long HTTP requests took, by part of the app',
      labelNames: ['method', 'route', 'status'],
      buckets: requestSecondsBuckets,
      registers,
    }),

    redisCommands: new Counter({
      name: 'convene_redis_commands_total',
      help: 'Redis commands sent by this process, as Upstash bills them',
      labelNames: ['app', 'source', 'command'],
      registers,
    }),
    redisCommandsToday: new Gauge({
      name: 'convene_redis_commands_today',
      help: 'Redis commands of this UTC day over all processes, as far as they have reported them',
      labelNames: ['app'],
      registers,
    }),
    redisLimit: gauge('convene_redis_daily_command_limit', 'REDIS_DAILY_COMMAND_LIMIT'),
    circuitOpenings: new Counter({
      name: 'convene_redis_circuit_openings_total',
      help: "How often the counters' Redis was left alone after failures in a row",
      registers,
    }),
    circuitOpen: gauge('convene_redis_circuit_open', "1 while the counters' Redis is left alone"),
    queueReady: new Gauge({
      name: 'convene_queue_ready',
      help: '1 while jobs can be added, by where the queue is',
      labelNames: ['backend'],
      registers,
    }),

    postgresUp: gauge('convene_postgres_up', '1 if Postgres has answered this scrape'),
    outboxRows: new Gauge({
      name: 'convene_outbox_open_rows',
      help: 'Rows of the notification outbox that are not closed yet, by state',
      labelNames: ['status'],
      registers,
    }),
    outboxOldest: gauge('convene_outbox_oldest_seconds', 'Age of the oldest open row of the notification outbox'),
    counterOutboxRows: gauge('convene_counter_outbox_open_rows', 'Favourites and bookings not counted yet'),
    counterOutboxOldest: gauge('convene_counter_outbox_oldest_seconds', 'Age of the oldest of them'),
    flushAge: gauge('convene_flush_age_seconds', 'Time since the last run of the flush that succeeded'),
    flushBatches: gauge('convene_flush_unacknowledged_batches', 'Batches in Postgres that Redis may still hold'),
  };
};

export type Instruments = ReturnType<typeof create>;

/** What this process is measured by; one set, whichever of Next's bundles asks. */
export const instruments = (): Instruments => processState('instruments', create);

/** Measures one write of the group commit: how much it holds, and how long it takes. */
export const observeWrite = async <T>(
  requests: readonly { events: readonly unknown[] }[],
  write: () => Promise<T>,
): Promise<T> => {
  const { writeEvents, writeRequests, writes } = instruments();
  writeEvents.observe(requests.reduce((sum, { events }) => sum + events.length, 0));
  writeRequests.observe(requests.length);
  const endTimer = writes.startTimer();
  try {
    const written = await write();
    endTimer({ outcome: 'done' });
    return written;
  } catch (error) {
    endTimer({ outcome: 'failed' });
    throw error;
  }
};
